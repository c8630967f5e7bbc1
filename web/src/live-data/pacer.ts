interface PacerOptions {
  /**
   * Does the work, and resolves with the cursor that it reached, where it has one. When it rejects, it runs again after
   * `retryInterval`.
   */
  readonly run: () => Promise<string | undefined>;
  /** Between two starts, in milliseconds. */
  readonly interval?: number;
  /** After a failure, in milliseconds. */
  readonly retryInterval?: number;
}

export interface Pacer {
  /** Requests a run that reaches `cursor`, or a run in any case. Requests during a run, or soon after it, share one. */
  readonly trigger: (cursor?: string) => void;
  /** Postpones every run but the first until it is called with `false`. */
  readonly setPaused: (isPaused: boolean) => void;
  /** Starts no further run. */
  readonly stop: () => void;
}

/** Runs work at a bounded rate: at most one run at a time, and always one that starts after the last request. */
export function createPacer({ run, interval = 500, retryInterval = 5000 }: PacerOptions): Pacer {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isStarted = false;
  let isRunning = false;
  let isPaused = false;
  let isStopped = false;
  let isRequested = false;
  let requested: string | undefined;
  let reached: string | undefined;
  let notBefore = Number.NEGATIVE_INFINITY;

  const start = async (): Promise<void> => {
    timer = undefined;
    if (!isRequested) return;
    isStarted = true;
    isRunning = true;
    isRequested = false;
    notBefore = performance.now() + interval;
    try {
      reached = await run();
      if (reached !== undefined && reached === requested) isRequested = false;
    } catch {
      isRequested = true;
      notBefore = performance.now() + retryInterval;
    }
    isRunning = false;
    schedule();
  };
  const schedule = (): void => {
    if (!isRequested || isRunning || isStopped || timer !== undefined) return;
    if (isPaused && isStarted) return;
    timer = setTimeout(() => void start(), Math.max(0, notBefore - performance.now()));
  };
  return {
    trigger(cursor) {
      if (cursor !== undefined && cursor === reached) {
        // Appends come in order, so that those requested before are included too.
        if (requested !== undefined) isRequested = false;
        return;
      }
      isRequested = true;
      requested = cursor;
      schedule();
    },
    setPaused(paused) {
      isPaused = paused;
      if (isPaused && isStarted) {
        clearTimeout(timer);
        timer = undefined;
      }
      schedule();
    },
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
