import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { createPacer } from './pacer.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

test('runs at most twice a second, and once more after the last time it was asked for', async () => {
  const starts: number[] = [];
  const pacer = createPacer({
    run: async () => {
      starts.push(performance.now());
    },
  });
  const begin = performance.now();
  for (let asked = 0; asked < 24; asked += 1) {
    pacer.trigger();
    await vi.advanceTimersByTimeAsync(50);
  }
  const lastAsked = performance.now() - 50;
  await vi.advanceTimersByTimeAsync(2000);
  expect(starts.map((start) => start - begin)).toEqual([0, 500, 1000, 1500]);
  expect(starts.at(-1)).toBeGreaterThanOrEqual(lastAsked);
});

test('never runs twice at once', async () => {
  let running = 0;
  let most = 0;
  let runs = 0;
  const pacer = createPacer({
    run: async () => {
      running += 1;
      runs += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, 1200));
      running -= 1;
    },
  });
  for (let asked = 0; asked < 40; asked += 1) {
    pacer.trigger();
    await vi.advanceTimersByTimeAsync(100);
  }
  await vi.advanceTimersByTimeAsync(3000);
  expect(most).toBe(1);
  expect(runs).toBe(5);
});

test('starts nothing after it was stopped', async () => {
  const run = vi.fn<() => Promise<void>>(async () => {});
  const pacer = createPacer({ run });
  pacer.trigger();
  pacer.stop();
  await vi.advanceTimersByTimeAsync(1000);
  expect(run).not.toHaveBeenCalled();
});
