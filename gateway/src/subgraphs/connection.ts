import type { Readable } from 'node:stream';

import {
  ClientGoneError,
  CALLER_ADDRESS_HEADER,
  isRequestError,
  REQUEST_ID_HEADER,
  REQUEST_TIMEOUT_HEADER,
  requestErrorCode,
  traceHeaders,
} from '@affluent/service';
import { ConstantBackoff, handleWhen, isBrokenCircuitError, retry } from 'cockatiel';
import { GraphQLError } from 'graphql';
import { Pool } from 'undici';

import type { GatewayContext } from '../context.ts';
import type { AskSubgraph, SubgraphAnswer, SubgraphRequest } from '../graph/subgraph.ts';
import { findUploads } from '../uploads/find-uploads.ts';
import { multipartBody } from '../uploads/multipart-body.ts';
import { createBreaker } from './breaker.ts';
import type { InFlight } from './in-flight.ts';

interface ConnectionOptions {
  readonly name: string;
  readonly url: string;
  /** Time that an operation may take in all, in milliseconds. */
  readonly timeoutMilliseconds: number;
  /** Shared by all connections, because a change in one subgraph may change what another answers. */
  readonly inFlight: InFlight<Sent>;
}

/** The connection to one subgraph. */
export interface SubgraphConnection extends AsyncDisposable {
  readonly ask: AskSubgraph;
}

/** A subgraph's answer over HTTP. */
export interface Sent {
  readonly status: number;
  readonly text: string;
  readonly cacheControl: string | undefined;
}

/** Connections stay open between requests. Requests beyond this number wait for one. */
const MAX_CONNECTIONS = 128;
const RETRY_MILLISECONDS = 50;
/** The part of an operation's time that one subgraph may take when others add to the answer. */
const SHARE_OF_TIME = 1 / 4;
/** How long a query waits when it is the trial of a subgraph that was down. */
const TRIAL_MILLISECONDS = 100;
/** How long a subgraph may take to answer a health check. */
const PING_MILLISECONDS = 1_000;
/** The sender decides how long an upload takes. Its receiver may read nothing, or not answer after its end, for this long. */
const UPLOAD_SILENCE_MILLISECONDS = 300_000;

/** The subgraph gave no readable answer: it may be down, restarting or overloaded. */
class NoAnswerError extends Error {
  override readonly name = 'NoAnswerError';
}

/** The subgraph took longer than the caller waits. */
class DeadlineExceededError extends Error {
  override readonly name = 'DeadlineExceededError';
  /** Whether it had its full time and answered no other request meanwhile. */
  readonly wasSilent: boolean;

  constructor(name: string, wasSilent: boolean) {
    super(`${name} took too long`);
    this.wasSilent = wasSilent;
  }
}

/** How long to wait for an answer. */
interface Patience {
  readonly milliseconds: number;
  /** The subgraph's own time. Beyond it, the request goes on only if a health check succeeds. */
  readonly ownMilliseconds: number;
  /** Aborted by the deadline, or earlier when all callers have gone. */
  readonly work: AbortController;
}

/**
 * Connects to a subgraph, for fetches with the caller's identity.
 *
 * - A query without an answer is sent once more.
 * - Identical queries of a caller at the same time are sent once, and cancelled when every waiting client has gone. A mutation is
 *   never cancelled.
 * - A query has a quarter of the operation's time when other subgraphs add to the answer; else all of it, while the subgraph is
 *   alive.
 * - After three failures or timeouts in a row, requests fail at once for a second.
 * - A fetch with uploads in its variables is sent as a GraphQL multipart request, streamed as the client sends it.
 */
export function connectSubgraph({
  name,
  url,
  timeoutMilliseconds,
  inFlight,
}: ConnectionOptions): SubgraphConnection {
  const pool = new Pool(url, { connections: MAX_CONNECTIONS, keepAliveMaxTimeout: 60_000 });
  const ownMilliseconds = Math.round(timeoutMilliseconds * SHARE_OF_TIME);
  const unanswered = handleWhen((error) => error instanceof NoAnswerError);
  const breaker = createBreaker(
    name,
    (error) =>
      error instanceof NoAnswerError || (error instanceof DeadlineExceededError && error.wasSilent),
  );
  const onceMore = retry(unanswered, {
    maxAttempts: 1,
    backoff: new ConstantBackoff(RETRY_MILLISECONDS),
  });
  let lastAnswerAt = 0;

  const isAlive = async (): Promise<boolean> => {
    try {
      const signal = AbortSignal.timeout(PING_MILLISECONDS);
      await (await pool.request({ path: '/healthz', method: 'GET', signal })).body.dump();
      lastAnswerAt = performance.now();
      return true;
    } catch {
      return false;
    }
  };

  /** Aborts the work when its time is over. @returns a function that stops the timer. */
  const limit = ({ milliseconds, ownMilliseconds: own, work }: Patience): (() => void) => {
    const start = performance.now();
    let isOver = false;
    const hasAnswered = () => lastAnswerAt >= start;
    const end = () =>
      work.abort(
        new DeadlineExceededError(name, milliseconds >= ownMilliseconds && !hasAnswered()),
      );
    const goOnIfAlive = async (): Promise<void> => {
      if (!hasAnswered() && !(await isAlive())) end();
      else if (!isOver) timer = setTimeout(end, milliseconds - own);
    };
    let timer =
      milliseconds <= own
        ? setTimeout(end, milliseconds)
        : setTimeout(() => void goOnIfAlive(), own);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  };

  const send = async (
    { requestId, identity, address }: GatewayContext,
    contentType: string,
    body: string | Readable,
    patience?: Patience,
  ): Promise<Sent> => {
    const work = patience?.work;
    const stop = patience && limit(patience);
    // Our own timer is exact; those of undici are not.
    const silence = patience ? 0 : UPLOAD_SILENCE_MILLISECONDS;
    const timeLeft = patience && { [REQUEST_TIMEOUT_HEADER]: String(patience.milliseconds) };
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
          ...timeLeft,
          ...(address && { [CALLER_ADDRESS_HEADER]: address }),
          ...(identity && { authorization: `Bearer ${identity.token}` }),
        },
        headersTimeout: silence,
        bodyTimeout: silence,
        ...(work && { signal: work.signal }),
      });
      const text = await answer.body.text();
      if (!text.startsWith('{')) throw new Error(`Answered ${answer.statusCode} without JSON`);
      lastAnswerAt = performance.now();
      const cacheControl = answer.headers['cache-control'];
      return { status: answer.statusCode, text, cacheControl: cacheControl?.toString() };
    } catch (error) {
      if (isRequestError(error)) throw error;
      if (work?.signal.aborted) throw work.signal.reason;
      throw new NoAnswerError(`${name} gave no answer`, { cause: error });
    } finally {
      stop?.();
    }
  };

  const timeLeftOf = ({ deadline }: GatewayContext): number =>
    deadline === undefined ? timeoutMilliseconds : Math.max(1, Math.round(deadline - Date.now()));

  const ask = async (request: SubgraphRequest, context: GatewayContext): Promise<Sent> => {
    const { query, variables, operationName, kind, isAlone = false } = request;
    const operation = { query, variables, operationName };
    if (kind === 'query') {
      const body = JSON.stringify(operation);
      const key = `${name} ${context.identity?.token} ${isAlone} ${body}`;
      const attempt = (work: AbortController) => (isTrial: boolean) => {
        const left = timeLeftOf(context);
        const milliseconds = isAlone ? left : Math.min(left, ownMilliseconds);
        // A trial decides for all callers, so it has its full time even when its own caller has gone.
        const patience = isTrial
          ? { milliseconds: ownMilliseconds, ownMilliseconds, work: new AbortController() }
          : { milliseconds, ownMilliseconds, work };
        return send(context, 'application/json', body, patience);
      };
      const asking = (work: AbortController) =>
        onceMore.execute(() => breaker.run(attempt(work), TRIAL_MILLISECONDS));
      return inFlight.share(key, asking, context.signal);
    }
    const uploads = findUploads(variables);
    try {
      return await breaker.run(() => {
        if (uploads.length === 0) {
          // A mutation has all the time: after giving up, it would be unknown whether it was done.
          const milliseconds = timeLeftOf(context);
          const patience = {
            milliseconds,
            ownMilliseconds: milliseconds,
            work: new AbortController(),
          };
          return send(context, 'application/json', JSON.stringify(operation), patience);
        }
        const { contentType, stream } = multipartBody(operation, uploads);
        return send(context, contentType, stream);
      });
    } finally {
      inFlight.invalidate();
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
        if (error instanceof ClientGoneError)
          throw new GraphQLError(error.message, { extensions: { code: error.code } });
        if (error instanceof DeadlineExceededError) {
          throw new GraphQLError(`The ${name} service took too long. Request less, or try again.`, {
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
