import { type Identity, InvalidTokenError } from '@affluent/service';
import type { ExecutionResult, GraphQLError } from 'graphql';

import type { Caller } from '../access/caller.ts';
import { callerUnknown } from '../access/identification-failure.ts';
import type { EventQueue } from './event-queue.ts';
import { signInAgain } from './upstream.ts';

interface Holder {
  readonly caller: Caller;
  readonly identity: Identity;
}

/** The longest delay of a timer. */
const MAX_TIMER_MILLISECONDS = 2 ** 31 - 1;
/** How long renewal may fail because the users subgraph does not answer. */
const PATIENCE_MILLISECONDS = 10_000;
const RETRY_MILLISECONDS = 500;

/**
 * Calls `onEnd` when the caller's token has ended and cannot be renewed: sessions and personal access tokens give new ones, access
 * tokens do not. The reason is UNAUTHENTICATED, or UNAVAILABLE when the users subgraph does not answer.
 * @returns a function that stops the timer.
 */
export function whenTokenEnds(
  { caller, identity }: Holder,
  onEnd: (reason: GraphQLError) => void,
): () => void {
  let timer: NodeJS.Timeout;
  let isOver = false;
  const after = (milliseconds: number, task: () => Promise<void>): void => {
    const left = Math.min(milliseconds, MAX_TIMER_MILLISECONDS);
    timer = setTimeout(() => void task(), Math.max(0, left));
    timer.unref();
  };
  const waitFor = ({ expiresAt }: Identity): void => {
    const end = expiresAt * 1000;
    after(end - Date.now(), () => renew(end + PATIENCE_MILLISECONDS));
  };
  const renew = async (deadline: number): Promise<void> => {
    try {
      const renewed = await caller.refresh();
      if (isOver) return;
      if (renewed && renewed.expiresAt * 1000 > Date.now()) waitFor(renewed);
      else onEnd(signInAgain());
    } catch (error) {
      if (isOver) return;
      if (error instanceof InvalidTokenError) onEnd(signInAgain());
      else if (Date.now() > deadline) onEnd(callerUnknown(error));
      else after(RETRY_MILLISECONDS, () => renew(deadline));
    }
  };
  waitFor(identity);
  return () => {
    isOver = true;
    clearTimeout(timer);
  };
}

/** Events until the caller's token ends. Calls `leave` once, at the end of either. */
export function endWithToken(
  events: EventQueue<ExecutionResult>,
  holder: Holder,
  leave: () => void,
): AsyncIterableIterator<ExecutionResult, void> {
  let isOver = false;
  const stop = whenTokenEnds(holder, (reason) => events.end({ errors: [reason] }));
  const finish = (): void => {
    if (isOver) return;
    isOver = true;
    stop();
    leave();
    void events.return();
  };
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      const event = await events.next();
      if (event.done) finish();
      return event;
    },
    async return() {
      finish();
      return { done: true, value: undefined };
    },
  };
}
