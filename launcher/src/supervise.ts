import type { ServiceProcess } from './service-process.ts';

const WINDOW_MILLISECONDS = 60_000;
const MOST_ENDS = 3;

/**
 * Starts a service, and starts it again when it ends though nobody stopped it: the others wait for it. One that ends before it
 * was ever ready, or for the third time within a minute, stays ended.
 */
export function supervise(start: () => ServiceProcess): ServiceProcess {
  let current = start();
  let wasReady = false;
  let isStopping = false;
  let ends: number[] = [];

  const untilEndedForGood = async (): ReturnType<() => ServiceProcess['ended']> => {
    for (;;) {
      const end = await current.ended;
      const now = performance.now();
      ends = [...ends.filter((time) => now - time < WINDOW_MILLISECONDS), now];
      if (isStopping || !wasReady || ends.length >= MOST_ENDS) return end;
      const how = end.signal ?? `exit code ${end.code}`;
      console.error(`The ${current.name} service ended (${how}); it is started again.`);
      current = start();
    }
  };
  return {
    name: current.name,
    ended: untilEndedForGood(),
    async ready() {
      await current.ready();
      wasReady = true;
    },
    async [Symbol.asyncDispose]() {
      isStopping = true;
      await current[Symbol.asyncDispose]();
    },
  };
}
