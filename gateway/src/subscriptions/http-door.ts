import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';

import { currentRequestId, inSubscriptionSpan, InvalidTokenError } from '@affluent/service';
import { type RequestHandler } from 'express';
import {
  type ExecutionResult,
  GraphQLError,
  type GraphQLFormattedError,
  OperationTypeNode,
} from 'graphql';

import type { IdentifyCaller } from '../access/caller.ts';
import { documentRequestOf } from '../documents/http-document.ts';
import { observeEvents } from '../telemetry/observe-events.ts';
import { type OperationParams, readOperation, type ReadOptions } from './read-operation.ts';
import { type StreamFormat, streamFormatFor } from './streams.ts';
import type { Subscriptions } from './subscriptions.ts';

export interface HttpDoorOptions extends ReadOptions {
  readonly identify: IdentifyCaller;
  readonly subscriptions: Subscriptions;
  readonly formatError: (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;
}

const HEARTBEAT_MILLISECONDS = 12_000;
/** A client that reads nothing for so long is gone. */
const LONGEST_STALL_MILLISECONDS = 30_000;

/**
 * Subscriptions over plain HTTP, as server-sent events or multipart. Everything else goes on to the next handler. The body
 * must have been parsed.
 */
export function subscriptionsOverHttp(options: HttpDoorOptions): RequestHandler {
  const { documents, identify, subscriptions, formatError } = options;
  const format = (error: GraphQLError): GraphQLFormattedError => formatError(error.toJSON(), error);

  return async (req, res, next) => {
    const params = paramsOf(req, req.body);
    if (!params || !mayBeSubscription(documents, params)) return next();
    try {
      const caller = await identify(req);
      const { identity } = caller;
      const address = req.socket.remoteAddress;
      const operation = readOperation(options, params, { identity, address });
      if (operation.kind !== OperationTypeNode.SUBSCRIPTION || !identity) return next();
      const stream = streamFormatFor(req.headers.accept);
      if (!stream) throw notAcceptable();
      const requestId = currentRequestId() ?? randomUUID();
      const events = await inSubscriptionSpan(operation, async (span) =>
        subscriptions.subscribe({ ...operation, caller, identity, requestId, span }),
      );
      await write(res, stream, observeEvents(stream.transport, events), format);
    } catch (error) {
      const errors = refusalsOf(error);
      if (!errors) return next(error);
      const { status = 400, headers = [] } = httpOf(errors[0]);
      for (const [name, value] of headers) res.setHeader(name, value);
      res.status(status).json({ errors: errors.map(format) });
    }
  };
}

/** Sends events as fast as the client reads them, and a heartbeat when there are none. */
async function write(
  res: ServerResponse,
  stream: StreamFormat,
  events: AsyncIterableIterator<ExecutionResult>,
  format: (error: GraphQLError) => GraphQLFormattedError,
): Promise<void> {
  const gone = new AbortController();
  res.once('close', () => {
    gone.abort();
    void events.return?.();
  });
  res.writeHead(200, stream.headers);
  if (stream.begin) res.write(stream.begin);
  else res.flushHeaders();
  const heartbeat = setInterval(() => {
    if (!res.writableNeedDrain) res.write(stream.heartbeat);
  }, HEARTBEAT_MILLISECONDS);
  try {
    for await (const { errors, ...result } of events) {
      if (gone.signal.aborted) return;
      const isRead = res.write(
        stream.event(errors ? { ...result, errors: errors.map(format) } : result),
      );
      if (!isRead) await drained(res, gone.signal);
    }
    res.end(stream.end);
  } finally {
    clearInterval(heartbeat);
  }
}

async function drained(res: ServerResponse, signal: AbortSignal): Promise<void> {
  const stalled = setTimeout(() => res.destroy(), LONGEST_STALL_MILLISECONDS);
  await once(res, 'drain', { signal }).catch(() => {});
  clearTimeout(stalled);
}

function paramsOf(
  req: Parameters<typeof documentRequestOf>[0],
  body: unknown,
): OperationParams | undefined {
  try {
    const request = documentRequestOf(req, body);
    if (req.method !== 'GET') return request as OperationParams;
    const { searchParams } = new URL(req.url ?? '', 'http://gateway.invalid');
    const variables = JSON.parse(
      searchParams.get('variables') ?? '{}',
    ) as OperationParams['variables'];
    return { ...request, variables, operationName: searchParams.get('operationName') };
  } catch {
    // Apollo Server says what is wrong with it.
    return undefined;
  }
}

/** Without parsing: every other request goes through here too. */
function mayBeSubscription(documents: ReadOptions['documents'], params: OperationParams): boolean {
  try {
    return /\bsubscription\b/.test(documents.textOf(params) ?? '');
  } catch {
    return false;
  }
}

const notAcceptable = (): GraphQLError =>
  new GraphQLError(
    'A subscription is answered over WebSocket (graphql-transport-ws), as server-sent events (accept: text/event-stream) ' +
      'or as multipart (accept: multipart/mixed;subscriptionSpec=1.0).',
    { extensions: { code: 'NOT_ACCEPTABLE', http: { status: 406 } } },
  );

/** What the client is told; undefined for what is our own failure. */
function refusalsOf(error: unknown): readonly GraphQLError[] | undefined {
  if (error instanceof GraphQLError) return [error];
  if (error instanceof AggregateError) return error.errors as readonly GraphQLError[];
  if (!(error instanceof InvalidTokenError)) return undefined;
  const headers = [['www-authenticate', 'Bearer error="invalid_token"']];
  const extensions = { code: 'UNAUTHENTICATED', http: { status: 401, headers } };
  return [new GraphQLError(error.message, { extensions })];
}

interface Head {
  readonly status?: number;
  readonly headers?: Iterable<readonly [string, string]>;
}

const httpOf = (error: GraphQLError | undefined): Head => (error?.extensions.http ?? {}) as Head;
