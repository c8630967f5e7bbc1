import {
  ClientGoneError,
  type Identity,
  inEventSpan,
  InvalidTokenError,
  type Span,
} from '@affluent/service';
import { type ExecutionResult, GraphQLError } from 'graphql';

import type { Caller } from '../access/caller.ts';
import type { SubscriptionPlan } from '../graph/subscription-planner.ts';
import { createEventQueue, type EventQueue } from './event-queue.ts';
import { CURSOR, type ResumableSubscription } from './resumable.ts';
import type { Upstream } from './upstream.ts';

/** One subscription at a subgraph with its completed events, shared by all callers of the same operation with the same rights. */
export interface Source {
  /** @returns the events from now on; the newest first where events hold the whole state. */
  readonly join: (caller: Caller) => EventQueue<ExecutionResult>;
  /** Ends it for all subscribers. */
  readonly end: (last?: ExecutionResult) => void;
}

interface SourceOptions {
  readonly plan: SubscriptionPlan;
  readonly resumable: ResumableSubscription | undefined;
  readonly requestId: string;
  readonly span: Span;
  /** @param caller - one of the subscribers. */
  readonly open: (caller: () => Caller) => Upstream;
  /** Called when it has ended, or the last subscriber has left. */
  readonly onEnd: () => void;
}

/** Events that may wait for a slow reader. Where events hold the whole state, one waits. */
const MAX_WAITING = 256;

/** Opens with its first subscriber, and keeps open with the identity of one of them. */
export function openSource({
  plan,
  resumable,
  requestId,
  span,
  open,
  onEnd,
}: SourceOptions): Source {
  const listeners = new Map<EventQueue<ExecutionResult>, Caller>();
  const keepsNewest = !resumable;
  let newest: ExecutionResult | undefined;
  let lastCursor: unknown = resumable?.after;
  let upstream: Upstream | undefined;
  const work = new AbortController();
  let isOver = false;

  /** The subscriber whose token ends last. */
  const caller = (): Caller => {
    const [first, ...others] = listeners.values();
    if (!first) throw new Error('A source without subscribers was used.');
    return others.reduce((last, other) => (expiryOf(other) > expiryOf(last) ? other : last), first);
  };
  const end = (last?: ExecutionResult): void => {
    if (isOver) return;
    isOver = true;
    upstream?.stop();
    work.abort(new ClientGoneError());
    for (const queue of listeners.keys()) queue.end(...(last ? [last] : []));
    listeners.clear();
    onEnd();
  };
  const send = (result: ExecutionResult): void => {
    for (const [queue] of listeners) {
      if (queue.push(result)) continue;
      listeners.delete(queue);
      queue.end({ errors: [tooSlow(lastCursor)] });
    }
    if (listeners.size === 0) end();
  };
  const run = async ({ events }: Upstream): Promise<void> => {
    try {
      for await (const event of events) {
        if (isOver) return;
        const present = caller();
        const identity = await identityOf(present);
        if (isOver) return;
        const result = await inEventSpan(span, () =>
          plan.complete(event, {
            identity,
            requestId,
            forget: present.forget,
            signal: work.signal,
          }),
        );
        const cursor = resumable && takeCursor(result, resumable.rootKey);
        newest = result;
        send(result);
        lastCursor = cursor ?? lastCursor;
      }
      end();
    } catch (error) {
      end({ errors: errorsOf(error) });
    }
  };

  return {
    join(subscriber) {
      const queue = createEventQueue<ExecutionResult>(
        { capacity: MAX_WAITING, keepsNewest },
        () => {
          listeners.delete(queue);
          if (listeners.size === 0) end();
        },
      );
      listeners.set(queue, subscriber);
      if (keepsNewest && newest) queue.push(newest);
      if (!upstream) {
        upstream = open(caller);
        void run(upstream);
      }
      return queue;
    },
    end,
  };
}

const expiryOf = ({ identity }: Caller): number => identity?.expiresAt ?? 0;

/** The renewed identity; the last one when the users subgraph does not answer, since subgraphs check it themselves. */
async function identityOf({ identity, refresh }: Caller): Promise<Identity | undefined> {
  try {
    return await refresh();
  } catch (error) {
    return error instanceof InvalidTokenError ? undefined : identity;
  }
}

/** Removes the cursor that we selected beside the client's own fields. */
function takeCursor({ data }: ExecutionResult, rootKey: string): unknown {
  const root = data?.[rootKey];
  if (typeof root !== 'object' || root === null || !(CURSOR in root)) return undefined;
  const { [CURSOR]: cursor } = root;
  Reflect.deleteProperty(root, CURSOR);
  return cursor;
}

const tooSlow = (cursor: unknown): GraphQLError =>
  new GraphQLError('The events were not read fast enough. Subscribe again after the last one.', {
    extensions: { code: 'SLOW_CONSUMER', ...(typeof cursor === 'string' && { cursor }) },
  });

function errorsOf(error: unknown): readonly GraphQLError[] {
  if (error instanceof GraphQLError) return [error];
  if (error instanceof AggregateError) return error.errors as readonly GraphQLError[];
  return [
    new GraphQLError('Internal error', {
      originalError: error instanceof Error ? error : new Error(String(error)),
    }),
  ];
}
