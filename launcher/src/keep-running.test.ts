import { expect, onTestFinished, test, vi } from 'vitest';

import { keepRunning, type Running } from './keep-running.ts';

/** A process that runs for some seconds of a clock that only it moves, as often as there are seconds. */
async function pausesAfter(lifetimes: readonly number[]): Promise<readonly number[]> {
  const log = vi.spyOn(console, 'error').mockImplementation(() => {});
  onTestFinished(() => log.mockRestore());
  const pauses: number[] = [];
  const isOver = Promise.withResolvers<void>();
  const left = [...lifetimes];
  let seconds = 0;
  const run = (): Running => {
    const ended = Promise.withResolvers<string>();
    const lifetime = left.shift();
    if (lifetime === undefined) isOver.resolve();
    else {
      queueMicrotask(() => {
        seconds += lifetime;
        ended.resolve('SIGKILL');
      });
    }
    return {
      ended: ended.promise,
      [Symbol.asyncDispose]: async () => ended.resolve('SIGTERM'),
    };
  };
  await using _kept = keepRunning({
    name: 'The clock',
    first: run(),
    start: async () => run(),
    now: () => seconds * 1_000,
    sleep: async (milliseconds) => void pauses.push(milliseconds / 1_000),
  });
  await isOver.promise;
  return pauses;
}

test('the pauses before restarts grow up to half a minute', async () => {
  const pauses = [0, 0.25, 0.5, 1, 2, 4, 8, 15, 30, 30, 30];
  expect(await pausesAfter(pauses.map(() => 59))).toEqual(pauses);
});

test('after a minute of running the pauses start over', async () => {
  expect(await pausesAfter([1, 1, 61, 1])).toEqual([0, 0.25, 0, 0.25]);
});

test('a start that fails counts as an end', async () => {
  const log = vi.spyOn(console, 'error').mockImplementation(() => {});
  onTestFinished(() => log.mockRestore());
  const running = Promise.withResolvers<void>();
  const stopped = Promise.withResolvers<string>();
  let starts = 0;
  const kept = keepRunning({
    name: 'The clock',
    first: { ended: Promise.resolve('exit code 1'), [Symbol.asyncDispose]: async () => {} },
    start: async () => {
      if (++starts === 1) throw new Error('The port is taken.');
      running.resolve();
      return {
        ended: stopped.promise,
        [Symbol.asyncDispose]: async () => stopped.resolve('SIGTERM'),
      };
    },
    sleep: async () => {},
  });
  await running.promise;
  await kept[Symbol.asyncDispose]();
  expect(log.mock.calls.flat()).toEqual([
    'The clock ended (exit code 1). It is started again now.',
    'The clock could not be started: The port is taken. It is started again in 0.25 s.',
  ]);
});
