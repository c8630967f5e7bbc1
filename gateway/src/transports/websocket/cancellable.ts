import { ClientGoneError } from '@affluent/service';

/** The one result of an operation as a stream. Its reader cancels the operation by returning before the result is there. */
export function cancellable<T>(run: (signal: AbortSignal) => Promise<T>): AsyncIterableIterator<T> {
  const work = new AbortController();
  const end = { value: undefined, done: true } as const;
  let hasRun = false;
  return {
    async next() {
      if (hasRun || work.signal.aborted) return end;
      hasRun = true;
      const value = await run(work.signal);
      return work.signal.aborted ? end : { value, done: false };
    },
    async return() {
      work.abort(new ClientGoneError());
      return end;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
