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
  /** Of the subgraph's HTTP endpoint; its WebSocket listens at the same path. */
  readonly url: string;
  /** In whose name to ask, at each connection anew. */
  readonly caller: () => Caller;
  readonly requestId: string;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Where to begin and what says the cursor, if it can be taken up again where it broke. */
  readonly resume: { readonly rootKey: string; readonly after: string | undefined } | undefined;
  /** For how long to try when the subgraph does not answer. */
  readonly patienceMilliseconds: number;
}

/** A subscription at a subgraph, which outlives its connections. */
export interface Upstream {
  readonly events: AsyncGenerator<SubgraphAnswer, void>;
  readonly stop: () => void;
}

/** Events that came and are not worked on yet. With more on their way, it is taken up again from the last one. */
const MAX_WAITING = 500;
const FIRST_WAIT_MILLISECONDS = 50;
const MAX_WAIT_MILLISECONDS = 2_000;

/**
 * Subscribes at a subgraph over graphql-transport-ws. When the connection breaks it is taken up again with backoff: from the
 * last cursor, without gap and without repetition; where there is no cursor, anew, since each event tells the whole state.
 *
 * `events` rejects with a {@link GraphQLError} or several when it is over: refused by the subgraph, or silent for too long.
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
  /** Whether it ended because more came than could be worked on. */
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

/** Half of it by chance, so that those who lost the same subgraph do not come back all at once. */
const waitBefore = (attempt: number): number =>
  Math.min(MAX_WAIT_MILLISECONDS, FIRST_WAIT_MILLISECONDS * 2 ** attempt) *
  (0.5 + Math.random() / 2);

/** What a subgraph answers for good; undefined for what another attempt may mend. graphql-ws gives errors or a close event. */
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
