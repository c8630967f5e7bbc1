import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';

import { currentRequestId, inSubscriptionSpan, whenClientLeaves } from '@affluent/service';
import type { ApolloServer } from '@apollo/server';
import type { Request, RequestHandler, Response } from 'express';
import {
  type ExecutionResult,
  type FormattedExecutionResult,
  GraphQLError,
  OperationTypeNode,
} from 'graphql';

import type { Caller, IdentifyCaller } from '../access/caller.ts';
import { identificationFailure } from '../access/identification-failure.ts';
import type { ClientAddress } from '../client-address.ts';
import type { GatewayContext } from '../context.ts';
import { documentRequestOf, parametersOf } from '../documents/http-document.ts';
import { observeEvents } from '../telemetry/observe-events.ts';
import {
  type OperationParams,
  type ReadOperation,
  readOperation,
  type ReadOptions,
} from './read-operation.ts';
import { type FormatError, formatErrors, runOperation } from './run-operation.ts';
import { type StreamFormat, streamFormatFor } from './streams.ts';
import type { Subscriptions } from './subscriptions.ts';
import { signInAgain } from './upstream.ts';

export interface HttpStreamOptions extends ReadOptions {
  readonly apollo: ApolloServer<GatewayContext>;
  readonly identify: IdentifyCaller;
  readonly addressOf: ClientAddress;
  readonly subscriptions: Subscriptions;
  readonly formatError: FormatError;
}

type Result = ExecutionResult | FormattedExecutionResult;

const HEARTBEAT_MILLISECONDS = 12_000;
/** A client that reads nothing for so long is gone. */
const MAX_STALL_MILLISECONDS = 30_000;

/**
 * Subscriptions over plain HTTP, as server-sent events or multipart; as server-sent events also what else is asked for so.
 * All other requests go on to the next handler. The body must have been parsed.
 */
export function subscriptionsOverHttp(options: HttpStreamOptions): RequestHandler {
  const { documents, identify, addressOf, formatError } = options;

  return async (req, res, next) => {
    const params = paramsOf(req, req.body);
    const { accept } = req.headers;
    const stream = streamFormatFor(accept);
    const isForEvents = stream?.transport === 'sse' && !/json|\*\/\*/i.test(accept ?? '');
    if (!params || !(isForEvents || mayBeSubscription(documents, params))) return next();
    try {
      const caller = await identify(req);
      const address = addressOf(req);
      const operation = readOperation(options, params, { identity: caller.identity, address });
      const isSubscription = operation.kind === OperationTypeNode.SUBSCRIPTION;
      if (!isSubscription && !isForEvents) return next();
      if (!stream) throw notAcceptable();
      const results = isSubscription
        ? await subscribe(options, operation, caller, stream)
        : only(await answer(options, operation, await used(caller), { req, res }));
      await write(res, stream, results, formatError);
    } catch (error) {
      const errors = refusalsOf(error);
      if (!errors) return next(error);
      const { status = 400, headers = [] } = httpOf(errors[0]);
      const refusal = { errors: formatErrors(errors, formatError) };
      const isMalformed = errors[0]?.extensions.code === 'BAD_REQUEST';
      if (isForEvents && status === 400 && !isMalformed) {
        // graphql-sse: a browser's EventSource hears why its operation does not run in the stream only.
        res.writeHead(200, stream.headers).end(stream.begin + stream.event(refusal) + stream.end);
        return;
      }
      for (const [name, value] of headers) res.setHeader(name, value);
      res.status(status).json(refusal);
    }
  };
}

async function subscribe(
  { subscriptions }: HttpStreamOptions,
  operation: ReadOperation,
  caller: Caller,
  { transport }: StreamFormat,
): Promise<AsyncIterableIterator<Result>> {
  const { identity } = caller;
  if (!identity) throw signInAgain();
  const requestId = currentRequestId() ?? randomUUID();
  return inSubscriptionSpan(operation, async (span) =>
    observeEvents(
      transport,
      subscriptions.subscribe({ ...operation, caller, identity, requestId, span }),
    ),
  );
}

async function answer(
  { apollo, addressOf }: HttpStreamOptions,
  operation: ReadOperation,
  { identity, forget }: Caller,
  { req, res }: { readonly req: Request; readonly res: Response },
): Promise<Result> {
  if (req.method === 'GET' && operation.kind === OperationTypeNode.MUTATION) throw onlyByPost();
  return runOperation(apollo, operation, {
    identity,
    forget,
    requestId: currentRequestId() ?? randomUUID(),
    address: addressOf(req),
    source: operation.text,
    signal: whenClientLeaves(res),
    fetchTimes: new Map(),
  });
}

/** An operation that is no subscription is asked for by a person. */
const used = async (caller: Caller): Promise<Caller> => ({
  ...caller,
  identity: await caller.refresh({ isUse: true }),
});

async function* only(result: Result): AsyncGenerator<Result, void> {
  yield result;
}

/** Sends events as fast as the client reads them, and a heartbeat when there are none. */
async function write(
  res: ServerResponse,
  stream: StreamFormat,
  events: AsyncIterableIterator<Result>,
  formatError: FormatError,
): Promise<void> {
  const gone = new AbortController();
  const leave = (): void => {
    gone.abort();
    void events.return?.();
  };
  if (res.closed) return leave();
  res.once('close', leave);
  res.writeHead(200, stream.headers).write(stream.begin);
  const heartbeat = setInterval(() => {
    if (!res.writableNeedDrain) res.write(stream.heartbeat);
  }, HEARTBEAT_MILLISECONDS);
  try {
    for await (const { errors, ...result } of events) {
      if (gone.signal.aborted) return;
      const isRead = res.write(
        stream.event(errors ? { ...result, errors: formatErrors(errors, formatError) } : result),
      );
      if (!isRead) await drained(res, gone.signal);
    }
    res.end(stream.end);
  } finally {
    clearInterval(heartbeat);
  }
}

async function drained(res: ServerResponse, signal: AbortSignal): Promise<void> {
  const stalled = setTimeout(() => res.destroy(), MAX_STALL_MILLISECONDS);
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
    const searchParams = parametersOf(req.url ?? '');
    const variables: unknown = JSON.parse(searchParams.get('variables') ?? '{}');
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

const onlyByPost = (): GraphQLError =>
  new GraphQLError('Mutations are sent by POST.', {
    extensions: { code: 'BAD_REQUEST', http: { status: 405, headers: [['allow', 'POST']] } },
  });

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
  const failure = identificationFailure(error);
  return failure && [failure];
}

interface Head {
  readonly status?: number;
  readonly headers?: Iterable<readonly [string, string]>;
}

const httpOf = (error: GraphQLError | undefined): Head => (error?.extensions.http ?? {}) as Head;
