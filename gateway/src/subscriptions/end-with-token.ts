import type { Identity } from '@affluent/service';
import type { ExecutionResult } from 'graphql';

import type { Caller } from '../access/caller.ts';
import type { EventQueue } from './event-queue.ts';
import { signInAgain } from './upstream.ts';

interface Holder {
  readonly caller: Caller;
  readonly identity: Identity;
}

/** A timer cannot be set for longer. */
const LONGEST_TIMER_MILLISECONDS = 2 ** 31 - 1;

/**
 * Calls `onEnd` when the caller's token has ended and there is no other to be had: a session and a personal access token give new
 * ones, an access token does not.
 * @returns what stops it.
 */
export function whenTokenEnds({ caller, identity }: Holder, onEnd: () => void): () => void {
  let timer: NodeJS.Timeout;
  let isOver = false;
  const wait = ({ expiresAt }: Identity): void => {
    const left = Math.min(expiresAt * 1000 - Date.now(), LONGEST_TIMER_MILLISECONDS);
    timer = setTimeout(() => void renew(), Math.max(0, left));
    timer.unref();
  };
  const renew = async (): Promise<void> => {
    const renewed = await caller.refresh().catch(() => undefined);
    if (isOver) return;
    if (renewed && renewed.expiresAt * 1000 > Date.now()) wait(renewed);
    else onEnd();
  };
  wait(identity);
  return () => {
    isOver = true;
    clearTimeout(timer);
  };
}

/** Events until the caller's token ends; `leave` is called once when it is over, however that comes. */
export function endWithToken(
  events: EventQueue<ExecutionResult>,
  holder: Holder,
  leave: () => void,
): AsyncIterableIterator<ExecutionResult, void> {
  let isOver = false;
  const stop = whenTokenEnds(holder, () => events.end({ errors: [signInAgain()] }));
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
