import type { Logger } from '@affluent/service';

/** Work that continues after the answer, so that the time of an answer reveals nothing about it. */
export interface Background {
  /** Starts work; a failure is logged under this name. */
  readonly run: (name: string, work: () => Promise<void>) => void;
  /** Waits for all started work. */
  readonly settle: () => Promise<void>;
}

export function createBackground(log: Logger): Background {
  const running = new Set<Promise<void>>();
  return {
    run(name, work) {
      const task = work()
        .catch((error: unknown) => log.error({ err: error }, `${name} failed`))
        .finally(() => running.delete(task));
      running.add(task);
    },
    async settle() {
      await Promise.all(running);
    },
  };
}
