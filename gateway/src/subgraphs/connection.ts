import type { Readable } from 'node:stream';

import {
  CALLER_ADDRESS_HEADER,
  isRequestError,
  REQUEST_ID_HEADER,
  REQUEST_TIMEOUT_HEADER,
  requestErrorCode,
  traceHeaders,
} from '@affluent/service';
import {
  circuitBreaker,
  CircuitState,
  ConsecutiveBreaker,
  ConstantBackoff,
  handleWhen,
  isBrokenCircuitError,
  retry,
  wrap,
} from 'cockatiel';
import { GraphQLError } from 'graphql';
import { Pool } from 'undici';

import type { GatewayContext } from '../context.ts';
import type { AskSubgraph, SubgraphAnswer, SubgraphRequest } from '../graph/subgraph.ts';
import { circuitOpen } from '../telemetry/metrics.ts';
import { findUploads } from '../uploads/find-uploads.ts';
import { multipartBody } from '../uploads/multipart-body.ts';
import type { InFlight } from './in-flight.ts';

interface ConnectionOptions {
  readonly name: string;
  readonly url: string;
  /** How long an operation may take in all, in milliseconds. */
  readonly timeoutMilliseconds: number;
  /** Shared by all connections, because a change in one subgraph may change what another answers. */
  readonly inFlight: InFlight<Sent>;
}

/** The way to one subgraph. */
export interface SubgraphConnection extends AsyncDisposable {
  readonly ask: AskSubgraph;
}

/** What came back over the wire. */
export interface Sent {
  readonly status: number;
  readonly text: string;
  readonly cacheControl: string | undefined;
}

/** Connections are kept open between requests; more at once wait for one. */
const MOST_CONNECTIONS = 128;
const FAILURES_TO_BREAK = 10;
const BREAK_MILLISECONDS = 1_000;
const RETRY_MILLISECONDS = 50;
/** How long an upload takes, its sender decides. So long its receiver may be silent: taking nothing of it, or after its end. */
const UPLOAD_SILENCE_MILLISECONDS = 300_000;

/** The subgraph gave no answer that could be read: it may be down, restarting or overloaded. */
class NoAnswerError extends Error {
  override readonly name = 'NoAnswerError';
}

/** The subgraph took longer than the caller waits. */
class DeadlineExceededError extends Error {
  override readonly name = 'DeadlineExceededError';
}

const TIMEOUTS: ReadonlySet<unknown> = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT']);

/**
 * Opens the way to a subgraph, for fetches in the caller's name. A query that fails on the way is sent once more; identical
 * queries of a caller that come at once are sent once. A subgraph that failed ten times in a row is left alone for a second.
 * A fetch whose variables hold uploads goes as a GraphQL multipart request, piece by piece as the client sends it.
 */
export function connectSubgraph({
  name,
  url,
  timeoutMilliseconds,
  inFlight,
}: ConnectionOptions): SubgraphConnection {
  const pool = new Pool(url, { connections: MOST_CONNECTIONS, keepAliveMaxTimeout: 60_000 });
  const unanswered = handleWhen((error) => error instanceof NoAnswerError);
  const failed = unanswered.orType(DeadlineExceededError);
  const breaker = circuitBreaker(failed, {
    halfOpenAfter: BREAK_MILLISECONDS,
    breaker: new ConsecutiveBreaker(FAILURES_TO_BREAK),
  });
  circuitOpen.set({ subgraph: name }, 0);
  breaker.onStateChange((state) =>
    circuitOpen.set({ subgraph: name }, state === CircuitState.Closed ? 0 : 1),
  );
  const onceMore = wrap(
    retry(unanswered, { maxAttempts: 1, backoff: new ConstantBackoff(RETRY_MILLISECONDS) }),
    breaker,
  );

  const send = async (
    { requestId, identity, address, deadline }: GatewayContext,
    contentType: string,
    body: string | Readable,
  ): Promise<Sent> => {
    const timeLeft = Math.max(
      1,
      Math.round((deadline ?? Date.now() + timeoutMilliseconds) - Date.now()),
    );
    const isUpload = typeof body !== 'string';
    try {
      const answer = await pool.request({
        path: '/graphql',
        method: 'POST',
        body,
        headers: {
          'content-type': contentType,
          'apollo-require-preflight': 'true',
          [REQUEST_ID_HEADER]: requestId,
          ...traceHeaders(),
          ...(!isUpload && { [REQUEST_TIMEOUT_HEADER]: String(timeLeft) }),
          ...(address && { [CALLER_ADDRESS_HEADER]: address }),
          ...(identity && { authorization: `Bearer ${identity.token}` }),
        },
        headersTimeout: isUpload ? UPLOAD_SILENCE_MILLISECONDS : timeLeft,
        bodyTimeout: isUpload ? UPLOAD_SILENCE_MILLISECONDS : timeLeft,
      });
      const text = await answer.body.text();
      if (!text.startsWith('{')) throw new Error(`Answered ${answer.statusCode} without JSON`);
      const cacheControl = answer.headers['cache-control'];
      return { status: answer.statusCode, text, cacheControl: cacheControl?.toString() };
    } catch (error) {
      if (isRequestError(error)) throw error;
      if (error instanceof Error && 'code' in error && TIMEOUTS.has(error.code))
        throw new DeadlineExceededError(`${name} took too long`, { cause: error });
      throw new NoAnswerError(`${name} gave no answer`, { cause: error });
    }
  };

  const ask = async (request: SubgraphRequest, context: GatewayContext): Promise<Sent> => {
    const { query, variables, operationName, kind } = request;
    const operation = { query, variables, operationName };
    if (kind === 'query') {
      const body = JSON.stringify(operation);
      const key = `${name} ${context.identity?.token} ${body}`;
      return inFlight.share(key, () =>
        onceMore.execute(() => send(context, 'application/json', body)),
      );
    }
    const uploads = findUploads(variables);
    try {
      return await breaker.execute(() => {
        if (uploads.length === 0)
          return send(context, 'application/json', JSON.stringify(operation));
        const { contentType, stream } = multipartBody(operation, uploads);
        return send(context, contentType, stream);
      });
    } finally {
      inFlight.startAfresh();
    }
  };

  return {
    async ask(request, context) {
      let sent: Sent;
      try {
        sent = await ask(request, context);
      } catch (error) {
        if (isRequestError(error))
          throw new GraphQLError(error.message, {
            extensions: { code: requestErrorCode(error), http: { status: error.status } },
          });
        if (error instanceof DeadlineExceededError) {
          throw new GraphQLError(`The ${name} service took too long. Ask for less, or try again.`, {
            extensions: { code: 'DEADLINE_EXCEEDED' },
            originalError: error,
          });
        }
        if (!(error instanceof NoAnswerError) && !isBrokenCircuitError(error)) throw error;
        throw new GraphQLError(`The ${name} service does not answer. Try again in a moment.`, {
          extensions: { code: 'UNAVAILABLE' },
          originalError: error,
        });
      }
      if (sent.status === 401) await context.forget();
      context.freshness?.restrict(sent.cacheControl);
      return JSON.parse(sent.text) as SubgraphAnswer;
    },
    async [Symbol.asyncDispose]() {
      await pool.close();
    },
  };
}
