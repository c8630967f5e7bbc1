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
const MAX_CONNECTIONS = 128;
const RETRY_MILLISECONDS = 50;
/** How much of an operation's time one subgraph may take while others wait with their parts of the answer. */
const SHARE_OF_TIME = 1 / 4;
/** For how long the caller waits whose query tries a subgraph again that was down. */
const TRIAL_MILLISECONDS = 100;
/** How long a subgraph may take to show that it is alive. */
const PING_MILLISECONDS = 1_000;
/** How long an upload takes, its sender decides. So long its receiver may be silent: taking nothing of it, or after its end. */
const UPLOAD_SILENCE_MILLISECONDS = 300_000;

/** The subgraph gave no answer that could be read: it may be down, restarting or overloaded. */
class NoAnswerError extends Error {
  override readonly name = 'NoAnswerError';
}

/** The subgraph took longer than the caller waits. */
class DeadlineExceededError extends Error {
  override readonly name = 'DeadlineExceededError';
  /** Whether it had its own time in full, and gave no other answer either meanwhile. */
  readonly wasSilent: boolean;

  constructor(name: string, wasSilent: boolean) {
    super(`${name} took too long`);
    this.wasSilent = wasSilent;
  }
}

/** For how long to wait for an answer. */
interface Patience {
  readonly milliseconds: number;
  /** Beyond its own time a subgraph is waited for only if it shows that it is alive. */
  readonly ownMilliseconds: number;
  /** Aborted by the deadline, or before it by callers that went away. */
  readonly work: AbortController;
}

/**
 * Opens the way to a subgraph, for fetches in the caller's name. A query that fails on the way is sent once more; identical
 * queries of a caller that come at once are sent once, and cancelled when every client that waits for them has gone. A mutation
 * that was sent is never cancelled. A query has a quarter of the operation's time when other subgraphs
 * add to the answer, and else the rest of it, as long as the subgraph is alive. One that failed or was silent three times in a
 * row is left alone for a second. A fetch whose variables hold uploads goes as a GraphQL multipart request, piece by piece as
 * the client sends it.
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

  /** Aborts the work when its time is over. @returns what ends that. */
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
    // The time has a timer of its own, which is exact; those of undici are not.
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
        // What it shows is for everybody: a trial has its time, whoever waits for it.
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
          // A mutation has all the time there is: given up, it would leave a doubt whether it was done.
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
