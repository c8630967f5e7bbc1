import { START_CURSOR } from '@affluent/service';
import type { ExecutionResult } from 'graphql';

/** Prepends a message with the cursor at which a subscription's events start, for clients that request it. */
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
