import { setTimeout } from 'node:timers/promises';

import {
  InvalidTokenError,
  REQUEST_ID_HEADER,
  START_CURSOR,
  traceHeaders,
} from '@affluent/service';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { CloseCode } from 'graphql-ws';

import type { Caller } from '../access/caller.ts';
import type { SubgraphAnswer } from '../graph/subgraph.ts';
import { createEventQueue, type EventQueue } from './event-queue.ts';
import { AFTER, CURSOR } from './resumable.ts';
import type { UpstreamSockets } from './upstream-sockets.ts';

interface UpstreamOptions {
  readonly sockets: UpstreamSockets;
  readonly serviceName: string;
  /** The subgraph's HTTP endpoint. Its WebSocket has the same path. */
  readonly url: string;
  /** Gives the caller for each new connection. */
  readonly caller: () => Caller;
  readonly requestId: string;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Where to begin, and the field that holds the cursor. Undefined: it cannot be resumed. */
  readonly resume: { readonly rootKey: string; readonly after: string | undefined } | undefined;
  /** How long to retry while the subgraph does not answer. */
  readonly patienceMilliseconds: number;
}

/** A subscription at a subgraph. It outlives its connections. */
export interface Upstream {
  readonly events: AsyncGenerator<SubgraphAnswer, void>;
  readonly stop: () => void;
}

/** Events that may wait to be completed. When there are more, the subscription is resumed after the last one. */
const MAX_WAITING = 500;
const FIRST_WAIT_MILLISECONDS = 50;
const MAX_WAIT_MILLISECONDS = 2_000;

/**
 * Subscribes at a subgraph over graphql-transport-ws. A broken connection is replaced with backoff, and the subscription resumed
 * after the last cursor, without gap or repetition. Without a cursor it starts again, since each event holds the whole state.
 *
 * `events` rejects with a {@link GraphQLError} or several when the subgraph refuses, or does not answer for too long.
 */
export function subscribeUpstream(options: UpstreamOptions): Upstream {
  const stopped = new AbortController();
  return { events: follow(options, stopped.signal), stop: () => stopped.abort() };
}

async function* follow(
  options: UpstreamOptions,
  signal: AbortSignal,
): AsyncGenerator<SubgraphAnswer, void> {
  const { serviceName, resume, patienceMilliseconds } = options;
  let after = resume?.after;
  let brokenSince: number | undefined;
  let attempt = 0;
  while (!signal.aborted) {
    let connection: Connection | undefined;
    try {
      connection = await connect(options, after, signal);
      for await (const event of connection.queue) {
        // An event that could not be read is read again from the cursor before it.
        if (resume && event.errors?.length && isPassing(event.errors))
          throw new Error('An event could not be read', { cause: event.errors });
        brokenSince = undefined;
        attempt = 0;
        const start = event.extensions?.[START_CURSOR];
        if (typeof start === 'string') {
          after = start;
          continue;
        }
        if (resume) after = cursorOf(event, resume.rootKey) ?? after;
        yield event;
      }
      if (!connection.isOverfull()) return;
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal) throw refusal;
      const now = performance.now();
      brokenSince ??= now;
      if (now - brokenSince > patienceMilliseconds) throw unavailable(serviceName, error);
      await setTimeout(waitBefore(attempt++), undefined, { signal }).catch(() => {});
    } finally {
      connection?.close();
    }
  }
}

interface Connection {
  readonly queue: EventQueue<SubgraphAnswer>;
  /** Whether it ended because too many events were waiting. */
  readonly isOverfull: () => boolean;
  readonly close: () => void;
}

async function connect(
  { sockets, url, caller, requestId, query, variables, resume }: UpstreamOptions,
  after: string | undefined,
  signal: AbortSignal,
): Promise<Connection> {
  const identity = await caller().refresh();
  let isOverfull = false;
  const queue = createEventQueue<SubgraphAnswer>({ capacity: MAX_WAITING, keepsNewest: !resume });
  const end = (): void => queue.end();
  signal.addEventListener('abort', end);
  const { client, release } = sockets.take(url, identity?.token);
  const unsubscribe = client.subscribe<Record<string, unknown>, Record<string, unknown>>(
    {
      query,
      variables: { ...variables, ...(resume && { [AFTER]: after ?? null }) },
      extensions: {
        [REQUEST_ID_HEADER]: requestId,
        ...traceHeaders(),
        ...(resume && after === undefined && { [START_CURSOR]: true }),
      },
    },
    {
      next(event) {
        if (queue.push(event)) return;
        isOverfull = true;
        queue.end();
        unsubscribe();
      },
      error: (error) => queue.fail(error),
      complete: end,
    },
  );
  if (signal.aborted) end();
  return {
    queue,
    isOverfull: () => isOverfull,
    close(): void {
      signal.removeEventListener('abort', end);
      unsubscribe();
      release();
    },
  };
}

function cursorOf({ data }: SubgraphAnswer, rootKey: string): string | undefined {
  const root = data?.[rootKey];
  const cursor =
    typeof root === 'object' && root !== null && CURSOR in root ? root[CURSOR] : undefined;
  return typeof cursor === 'string' ? cursor : undefined;
}

/** Half of it is random, so that subscriptions at the same subgraph do not reconnect all at once. */
const waitBefore = (attempt: number): number =>
  Math.min(MAX_WAIT_MILLISECONDS, FIRST_WAIT_MILLISECONDS * 2 ** attempt) *
  (0.5 + Math.random() / 2);

/** A final refusal; undefined for an error that another attempt may mend. graphql-ws gives errors or a close event. */
function refusalOf(error: unknown): GraphQLError | AggregateError | undefined {
  if (error instanceof GraphQLError) return error;
  if (error instanceof InvalidTokenError) return signInAgain();
  if (Array.isArray(error)) {
    const errors = error as readonly GraphQLFormattedError[];
    if (isPassing(errors)) return undefined;
    return new AggregateError(
      errors.map(({ message, extensions }) => new GraphQLError(message, { extensions })),
    );
  }
  const isRefused =
    typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    error.code === CloseCode.Forbidden;
  return isRefused ? signInAgain() : undefined;
}

const isPassing = (errors: readonly GraphQLFormattedError[]): boolean =>
  errors.every(({ extensions }) => extensions?.code === 'UNAVAILABLE');

export const signInAgain = (): GraphQLError =>
  new GraphQLError('Sign in again to go on.', { extensions: { code: 'UNAUTHENTICATED' } });

const unavailable = (serviceName: string, cause: unknown): GraphQLError =>
  new GraphQLError(`The ${serviceName} service does not answer. Try again in a moment.`, {
    extensions: { code: 'UNAVAILABLE', serviceName },
    originalError: cause instanceof Error ? cause : new Error(String(cause)),
  });
