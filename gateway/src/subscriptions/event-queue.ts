interface QueueOptions {
  readonly capacity: number;
  /** Each event holds the whole state: for a slow reader the newest replaces the waiting ones. */
  readonly keepsNewest: boolean;
}

/** Events for one reader, limited in number however slow it is. */
export interface EventQueue<T> extends AsyncIterableIterator<T, void> {
  /** @returns false when the queue is full. */
  readonly push: (event: T) => boolean;
  /** Ends the queue after the events in it, and `last` if given. */
  readonly end: (last?: T) => void;
  /** Ends the queue at once; the reader's next step rejects. */
  readonly fail: (error: unknown) => void;
  readonly return: () => Promise<IteratorResult<T, void>>;
}

/** @param onLeave - called once, when the reader returns. */
export function createEventQueue<T>(
  { capacity, keepsNewest }: QueueOptions,
  onLeave: () => void = () => {},
): EventQueue<T> {
  const events: T[] = [];
  let state: { readonly error?: unknown } | undefined;
  let wake: (() => void) | undefined;
  let hasLeft = false;
  const finish = (how: { readonly error?: unknown }): void => {
    state ??= how;
    wake?.();
  };
  const next = async (): Promise<IteratorResult<T, void>> => {
    for (;;) {
      const [event] = events;
      if (events.length > 0) {
        events.shift();
        return { done: false, value: event as T };
      }
      if (state && 'error' in state) throw state.error;
      if (state) return { done: true, value: undefined };
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  return {
    push(event) {
      if (state) return true;
      if (keepsNewest) events.length = 0;
      else if (events.length >= capacity) return false;
      events.push(event);
      wake?.();
      return true;
    },
    end(...last) {
      if (!state) events.push(...(last as T[]));
      finish({});
    },
    fail(error) {
      events.length = 0;
      finish({ error });
    },
    next,
    async return() {
      events.length = 0;
      finish({});
      if (!hasLeft) onLeave();
      hasLeft = true;
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
