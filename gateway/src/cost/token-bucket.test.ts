import { expect, test } from 'vitest';

import { createTokenBuckets } from './token-bucket.ts';

function bucketsAt(perMinute: number) {
  let time = 1_000;
  const buckets = createTokenBuckets(perMinute, () => time);
  return { ...buckets, pass: (seconds: number) => (time += seconds * 1000) };
}

test('a bucket holds a minute and fills evenly', () => {
  const { take, pass } = bucketsAt(600);
  expect(take('ada', 500)).toEqual({
    isEnough: true,
    remaining: 100,
    secondsToFull: 50,
    secondsToEnough: 0,
  });
  expect(take('ada', 150)).toEqual({
    isEnough: false,
    remaining: 100,
    secondsToFull: 50,
    secondsToEnough: 5,
  });
  pass(5);
  expect(take('ada', 150)).toMatchObject({ isEnough: true, remaining: 0 });
  pass(3_600);
  expect(take('ada', 0)).toMatchObject({ remaining: 600, secondsToFull: 0 });
});

test('each has their own', () => {
  const { take } = bucketsAt(600);
  take('ada', 600);
  expect(take('ada', 1).isEnough).toBe(false);
  expect(take('bob', 600).isEnough).toBe(true);
});

test('what is more than a bucket holds waits until it is full', () => {
  const { take, pass } = bucketsAt(600);
  take('ada', 300);
  expect(take('ada', 10_000)).toMatchObject({ isEnough: false, secondsToEnough: 30 });
  pass(30);
  expect(take('ada', 10_000)).toMatchObject({ isEnough: true, remaining: 0 });
});

test('looking takes nothing, draining takes what is there', () => {
  const { look, drain } = bucketsAt(600);
  expect(look('ada', 600)).toMatchObject({ isEnough: true, remaining: 600 });
  drain('ada', 1_000);
  expect(look('ada', 1)).toMatchObject({ isEnough: false, remaining: 0, secondsToEnough: 1 });
});
