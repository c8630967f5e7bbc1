import { randomUUID } from 'node:crypto';

import { currentRequestId, inSubscriptionSpan, whenClientLeaves } from '@affluent/service';
import type { Request, RequestHandler, Response } from 'express';
import { GraphQLError, OperationTypeNode } from 'graphql';

import type { Caller, IdentifyCaller } from '../../access/caller.ts';
import type { ClientAddress } from '../../client-address.ts';
import type { Documents } from '../../documents/documents.ts';
import type { AdmittedOperation } from '../../operations/admit-operation.ts';
import { type FormatError, formatErrors } from '../../operations/format-errors.ts';
import type { Operations } from '../../operations/operations.ts';
import type { OperationParams } from '../../operations/read-operation.ts';
import { refusalOf } from '../../operations/refusal.ts';
import type { Subscriptions } from '../../subscriptions/subscriptions.ts';
import { signInAgain } from '../../subscriptions/upstream.ts';
import { observeEvents } from '../../telemetry/observe-events.ts';
import { assertMethod } from '../http/assert-method.ts';
import { operationParamsOf } from '../http/operation-params.ts';
import { type StreamFormat, streamFormatFor } from './stream-formats.ts';
import { type Result, writeStream } from './write-stream.ts';

export interface HttpStreamOptions {
  readonly operations: Operations;
  readonly documents: Documents;
  readonly identify: IdentifyCaller;
  readonly addressOf: ClientAddress;
  readonly subscriptions: Subscriptions;
  readonly formatError: FormatError;
}

/**
 * Subscriptions over HTTP, as server-sent events or multipart, and queries and mutations whose client accepts only server-sent
 * events. All other requests go on to the next handler. The body must have been parsed.
 */
export function operationsAsStreams(options: HttpStreamOptions): RequestHandler {
  const { operations, documents, identify, addressOf, formatError } = options;

  return async (req, res, next) => {
    const params = paramsOf(req);
    const { accept } = req.headers;
    const stream = streamFormatFor(accept);
    const isForEvents = stream?.transport === 'sse' && !/json|\*\/\*/i.test(accept ?? '');
    if (!params || !(isForEvents || mayBeSubscription(documents, params))) return next();
    try {
      const caller = await identify(req);
      const from = { identity: caller.identity, address: addressOf(req) };
      const operation = operations.read(params, from);
      const isSubscription = operation.definition.operation === OperationTypeNode.SUBSCRIPTION;
      if (!isSubscription && !isForEvents) return next();
      if (!stream) throw notAcceptable();
      assertMethod(req, operation);
      const admitted = operations.admit(operation, from);
      const results = isSubscription
        ? await subscribe(options, admitted, caller, stream)
        : only(await answer(options, admitted, caller, { req, res }));
      await writeStream(res, stream, results, formatError);
    } catch (error) {
      const refusal = refusalOf(error);
      if (!refusal) return next(error);
      const { status, headers } = refusal;
      const result = { errors: formatErrors(refusal.errors, formatError) };
      const isMalformed = refusal.errors[0].extensions.code === 'BAD_REQUEST';
      if (isForEvents && status === 400 && !isMalformed) {
        // graphql-sse: a browser's EventSource shows errors to its page only when they come in the stream.
        res.writeHead(200, stream.headers).end(stream.begin + stream.event(result) + stream.end);
        return;
      }
      for (const [name, value] of headers) res.setHeader(name, value);
      res.status(status).json(result);
    }
  };
}

async function subscribe(
  { subscriptions }: HttpStreamOptions,
  operation: AdmittedOperation,
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
  { operations, addressOf }: HttpStreamOptions,
  operation: AdmittedOperation,
  { refresh, forget }: Caller,
  { req, res }: { readonly req: Request; readonly res: Response },
): Promise<Result> {
  return operations.run(operation, {
    // A person sends queries and mutations: they count as use of the session.
    identity: await refresh({ isUse: true }),
    forget,
    requestId: currentRequestId() ?? randomUUID(),
    address: addressOf(req),
    signal: whenClientLeaves(res),
    fetchTimes: new Map(),
  });
}

async function* only(result: Result): AsyncGenerator<Result, void> {
  yield result;
}

function paramsOf(req: Request): OperationParams | undefined {
  try {
    return operationParamsOf(req, req.body);
  } catch {
    // Apollo Server says what is wrong with it.
    return undefined;
  }
}

/** Without parsing, because every other request passes here too. */
function mayBeSubscription(documents: Documents, params: OperationParams): boolean {
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
