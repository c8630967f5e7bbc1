import { START_CURSOR } from '@affluent/service';
import type { ExecutionResult } from 'graphql';

/** A subscription's events after a first message that says the cursor at which they begin, for clients that ask for it. */
export function prependStartCursor(
  cursor: string,
  events: AsyncIterable<ExecutionResult>,
): AsyncIterableIterator<ExecutionResult> {
  const source = events[Symbol.asyncIterator]();
  let isPrepended = false;
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      if (isPrepended) return source.next();
      isPrepended = true;
      return { done: false, value: { extensions: { [START_CURSOR]: cursor } } };
    },
    async return() {
      await source.return?.();
      return { done: true, value: undefined };
    },
  };
}
