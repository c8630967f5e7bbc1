interface PacerOptions {
  /** Must not reject. */
  readonly run: () => Promise<void>;
  /** Between two starts, in milliseconds. */
  readonly interval?: number;
}

export interface Pacer {
  /** Asks for a run. Whatever is asked for while one runs, or too soon after it, becomes one more run. */
  readonly trigger: () => void;
  /** Starts no further run. */
  readonly stop: () => void;
}

/** Runs work at a bounded pace: never twice at once, and always once more after the last time it was asked for. */
export function createPacer({ run, interval = 500 }: PacerOptions): Pacer {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isRunning = false;
  let isWanted = false;
  let startedAt = Number.NEGATIVE_INFINITY;

  const start = async (): Promise<void> => {
    timer = undefined;
    isWanted = false;
    isRunning = true;
    startedAt = performance.now();
    await run();
    isRunning = false;
    if (isWanted) schedule();
  };
  const schedule = (): void => {
    if (isRunning || timer !== undefined) return;
    const wait = Math.max(0, startedAt + interval - performance.now());
    timer = setTimeout(() => void start(), wait);
  };
  return {
    trigger: () => {
      isWanted = true;
      schedule();
    },
    stop: () => {
      isWanted = false;
      clearTimeout(timer);
    },
  };
}
