export interface WakeUps {
  /**
   * Yields once at the start and then whenever the topic was woken. Calls while a subscriber is busy become one wake-up. Ends
   * when `signal` aborts.
   */
  readonly wakeUps: (topic: string, signal: AbortSignal) => AsyncGenerator<void, void>;
  readonly wake: (topic: string) => void;
  readonly wakeAll: () => void;
}

/** Lets many subscribers wait for changes of topics, each at its own pace. They read the changes themselves. */
export function createWakeUps(): WakeUps {
  const sleepers = new Map<string, Set<() => void>>();
  return {
    async *wakeUps(topic, signal) {
      let awake = true;
      let resume: (() => void) | undefined;
      const wake = (): void => {
        awake = true;
        resume?.();
      };
      const wakes = sleepers.get(topic) ?? new Set();
      sleepers.set(topic, wakes.add(wake));
      signal.addEventListener('abort', wake);
      try {
        while (!signal.aborted) {
          if (awake) {
            awake = false;
            yield;
          } else {
            await new Promise<void>((resolve) => {
              resume = resolve;
            });
          }
        }
      } finally {
        signal.removeEventListener('abort', wake);
        wakes.delete(wake);
        if (wakes.size === 0) sleepers.delete(topic);
      }
    },
    wake(topic) {
      for (const wake of sleepers.get(topic) ?? []) wake();
    },
    wakeAll() {
      for (const wakes of sleepers.values()) for (const wake of wakes) wake();
    },
  };
}
