import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { createPacer } from './pacer.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

/** A run that takes a while and reaches the newest cursor at its start. */
function createSource(milliseconds: number) {
  const source = {
    newest: undefined as string | undefined,
    starts: 0,
    running: 0,
    mostRunning: 0,
    run: async () => {
      const cursor = source.newest;
      source.starts += 1;
      source.running += 1;
      source.mostRunning = Math.max(source.mostRunning, source.running);
      await new Promise((resolve) => setTimeout(resolve, milliseconds));
      source.running -= 1;
      return cursor;
    },
  };
  return source;
}

test('runs at most twice a second, and once more after the last request', async () => {
  const starts: number[] = [];
  const pacer = createPacer({
    run: async () => {
      starts.push(performance.now());
      return undefined;
    },
  });
  const begin = performance.now();
  for (let requests = 0; requests < 24; requests += 1) {
    pacer.trigger();
    await vi.advanceTimersByTimeAsync(50);
  }
  const lastRequest = performance.now() - 50;
  await vi.advanceTimersByTimeAsync(2000);
  expect(starts.map((start) => start - begin)).toEqual([0, 500, 1000, 1500]);
  expect(starts.at(-1)).toBeGreaterThanOrEqual(lastRequest);
});

test('a burst of appends costs one run at a time, and the last run reaches the last append', async () => {
  const source = createSource(1200);
  const pacer = createPacer({ run: source.run });
  for (let append = 1; append <= 40; append += 1) {
    source.newest = String(append);
    pacer.trigger(source.newest);
    await vi.advanceTimersByTimeAsync(100);
  }
  await vi.advanceTimersByTimeAsync(3000);
  expect(source).toMatchObject({ mostRunning: 1, starts: 5, newest: '40' });
});

test('does not run again for an append that the last run included', async () => {
  const source = createSource(200);
  const pacer = createPacer({ run: source.run });
  source.newest = 'a';
  pacer.trigger();
  await vi.advanceTimersByTimeAsync(100);
  pacer.trigger('a');
  await vi.advanceTimersByTimeAsync(2000);
  for (const cursor of ['earlier', 'a']) pacer.trigger(cursor);
  await vi.advanceTimersByTimeAsync(2000);
  expect(source.starts).toBe(1);

  source.newest = 'b';
  pacer.trigger('b');
  await vi.advanceTimersByTimeAsync(2000);
  expect(source.starts).toBe(2);
});

test('runs first even when paused, then not until it is resumed, and once for all that came', async () => {
  const source = createSource(10);
  const pacer = createPacer({ run: source.run });
  pacer.trigger();
  pacer.setPaused(true);
  await vi.advanceTimersByTimeAsync(1000);
  expect(source.starts).toBe(1);

  for (const cursor of ['a', 'b', 'c']) {
    source.newest = cursor;
    pacer.trigger(cursor);
    await vi.advanceTimersByTimeAsync(1000);
  }
  expect(source.starts).toBe(1);
  pacer.setPaused(false);
  await vi.advanceTimersByTimeAsync(5000);
  expect(source.starts).toBe(2);
});

test('a run that waits for its turn is postponed when paused', async () => {
  const source = createSource(10);
  const pacer = createPacer({ run: source.run });
  pacer.trigger();
  await vi.advanceTimersByTimeAsync(20);
  pacer.trigger('a');
  pacer.setPaused(true);
  await vi.advanceTimersByTimeAsync(5000);
  expect(source.starts).toBe(1);
  pacer.setPaused(false);
  await vi.advanceTimersByTimeAsync(0);
  expect(source.starts).toBe(2);
});

test('tries again after a failure, though nothing new came', async () => {
  const run = vi
    .fn<() => Promise<undefined>>()
    .mockRejectedValueOnce(new Error('the network is down'))
    .mockResolvedValue(undefined);
  const pacer = createPacer({ run });
  pacer.trigger('a');
  await vi.advanceTimersByTimeAsync(4900);
  expect(run).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(run).toHaveBeenCalledTimes(2);
});

test('starts nothing after it was stopped', async () => {
  const source = createSource(10);
  const pacer = createPacer({ run: source.run });
  pacer.trigger();
  pacer.stop();
  pacer.trigger();
  pacer.setPaused(false);
  await vi.advanceTimersByTimeAsync(1000);
  expect(source.starts).toBe(0);
});
