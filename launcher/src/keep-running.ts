import { setTimeout } from 'node:timers/promises';

/** A process. Disposing of it stops it and waits for its end. */
export interface Running extends AsyncDisposable {
  /** Resolves when it has ended, intended or not, with the cause: "SIGKILL", "exit code 1". */
  readonly ended: Promise<string>;
}

interface KeepRunningOptions {
  /** Its name in messages, at the beginning of a sentence. */
  readonly name: string;
  readonly first: Running;
  /** Restarts it. When it rejects, the next attempt follows after the next pause. */
  readonly start: () => Promise<Running>;
  /** A monotonic clock, in milliseconds. */
  readonly now?: () => number;
  /** Waits; resolves early when the signal aborts. */
  readonly sleep?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

/** Seconds before the first restart, the second and so on; the last for every later one. */
const PAUSES = [0, 0.25, 0.5, 1, 2, 4, 8, 15, 30];
/** A process that ran this long counts as healthy: the pauses start over. */
const HEALTHY_MILLISECONDS = 60_000;

/** Restarts a process, after growing pauses, whenever it ends by itself. Disposing of the result stops it for good. */
export function keepRunning({
  name,
  first,
  start,
  now = () => performance.now(),
  sleep = (milliseconds, signal) => setTimeout(milliseconds, undefined, { signal }).catch(() => {}),
}: KeepRunningOptions): AsyncDisposable {
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
      const startedAt = now();
      const reason = await untilEnd();
      if (signal.aborted) return;
      if (now() - startedAt > HEALTHY_MILLISECONDS) restarts = 0;
      const pause = PAUSES[Math.min(restarts++, PAUSES.length - 1)] ?? 0;
      const when = pause === 0 ? 'now' : `in ${pause} s`;
      console.error(`${reason} It is started again ${when}.`);
      await sleep(pause * 1_000, signal);
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
