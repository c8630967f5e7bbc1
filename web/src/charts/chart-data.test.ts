import { expect, test } from 'vitest';

import { chartDataOf } from './chart-data.ts';

const point = (x: string, y: number, group: string | null, count: number | string = 1) => ({
  __typename: 'SeriesPoint' as const,
  x: x.includes('T') ? x : `${x}T00:00:00.000Z`,
  y,
  yExact: String(y),
  group,
  count,
});

test('splits points into one line per group over common moments', () => {
  const { x, lines } = chartDataOf([
    point('2020-01-01', 1, 'b'),
    point('2020-01-03', 3, 'b'),
    point('2020-01-02', 2, 'a'),
  ]);
  expect(x).toEqual([1577836800, 1577923200, 1578009600]);
  expect(lines).toEqual([
    { group: 'a', y: [null, 2, null], exact: [null, '2', null], last: '2' },
    { group: 'b', y: [1, null, 3], exact: ['1', null, '3'], last: '3' },
  ]);
});

test('keeps points apart that are a microsecond apart', () => {
  const times = ['2024-01-01T00:00:00.123456Z', '2024-01-01T00:00:00.123457Z'];
  const { moments, lines, last } = chartDataOf(times.map((time, n) => point(time, n, null)));
  expect(moments).toEqual(times);
  expect(lines[0]?.y).toEqual([0, 1]);
  expect(last).toEqual({ x: times[1], y: '1', group: null });
});

test('counts the rows behind all points exactly', () => {
  const { rowCount } = chartDataOf([
    point('2020-01-01', 1, null, '9007199254740993'),
    point('2020-01-02', 1, null, 2),
  ]);
  expect(rowCount).toBe(9007199254740995n);
});

test('draws the twelve largest groups and counts those left out', () => {
  const points = Array.from({ length: 15 }, (_, index) =>
    point('2020-01-01', 1, `g${index}`, index),
  );
  const { lines, groupsLeftOut, rowCount } = chartDataOf(points);
  expect(lines.map(({ group }) => group)).toEqual(
    Array.from({ length: 12 }, (_, index) => `g${index + 3}`),
  );
  expect(groupsLeftOut).toBe(3);
  expect(rowCount).toBe(105n);
});
