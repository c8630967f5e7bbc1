/**
 * Makes a subscription's source from a generator that waits. A waiting generator cannot be returned from outside until its
 * promise settles, so its `signal` aborts as soon as the subscriber leaves.
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
