import { setTimeout } from 'node:timers/promises';

/** Something that runs in a process of its own. Disposing of it stops it and waits for its end. */
export interface Running extends AsyncDisposable {
  /** Resolves when it has ended, wanted or not, with how: "SIGKILL", "exit code 1". */
  readonly ended: Promise<string>;
}

interface KeepRunningOptions {
  /** Its name in messages, at the beginning of a sentence. */
  readonly name: string;
  readonly first: Running;
  /** Starts it again. May reject: then it is tried again after the next pause. */
  readonly start: () => Promise<Running>;
}

/** Seconds before a restart: after the first end, the second, and so on; the last for all that follow. */
const PAUSES = [0, 0.25, 0.5, 1, 2, 4, 8, 15, 30];
/** After running for so long, it counts as healthy: the pauses begin again with the first. */
const HEALTHY_MILLISECONDS = 60_000;

/** Starts something again, after growing pauses, whenever it ends by itself. Disposing of it stops it for good. */
export function keepRunning({ name, first, start }: KeepRunningOptions): AsyncDisposable {
  const stopped = new AbortController();
  const { signal } = stopped;
  let running: Running | undefined = first;

  const untilEnd = async (): Promise<string> => {
    try {
      running ??= await start();
      if (signal.aborted) await running[Symbol.asyncDispose]();
      return `${name} ended (${await running.ended}).`;
    } catch (error) {
      return `${name} could not be started: ${error instanceof Error ? error.message : String(error)}`;
    } finally {
      running = undefined;
    }
  };
  const run = async (): Promise<void> => {
    let restarts = 0;
    while (!signal.aborted) {
      const startedAt = performance.now();
      const reason = await untilEnd();
      if (signal.aborted) return;
      if (performance.now() - startedAt > HEALTHY_MILLISECONDS) restarts = 0;
      const pause = PAUSES[Math.min(restarts++, PAUSES.length - 1)] ?? 0;
      const when = pause === 0 ? 'now' : `in ${pause} s`;
      console.error(`${reason} It is started again ${when}.`);
      await setTimeout(pause * 1_000, undefined, { signal }).catch(() => {});
    }
  };
  const loop = run();
  return {
    async [Symbol.asyncDispose]() {
      stopped.abort();
      await running?.[Symbol.asyncDispose]();
      await loop;
    },
  };
}
