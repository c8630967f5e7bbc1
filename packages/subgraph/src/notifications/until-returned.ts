/**
 * Makes a subscription's source out of a generator that waits. A generator that waits cannot be ended from outside
 * before what it waits for has come; this one's `signal` is aborted as soon as the subscriber leaves.
 */
export function untilReturned<T>(
  generate: (signal: AbortSignal) => AsyncGenerator<T, void>,
): AsyncIterableIterator<T, void> {
  const left = new AbortController();
  const source = generate(left.signal);
  return {
    next: () => source.next(),
    return() {
      left.abort();
      return source.return();
    },
    throw(error: unknown) {
      left.abort();
      return source.throw(error);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
