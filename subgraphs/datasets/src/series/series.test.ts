import { afterAll, beforeAll, expect, test } from 'vitest';

import { startDatasets } from '../testing/datasets-server.ts';

const server = await startDatasets();
afterAll(() => server[Symbol.asyncDispose]());

const HOUR = 3_600_000;
const START = Date.UTC(1969, 11, 1);
/** Two months by the hour, on both sides of 1970, in no order; some without a value. */
const rows = Array.from({ length: 1_500 }, (_, n) => {
  const hour = (n * 7) % 1_500;
  return {
    at: new Date(START + hour * HOUR),
    value: n % 50 === 0 ? null : Math.round(Math.sin(n) * 1000) / 10,
    place: ['north', 'south', 'west'][n % 3]!,
  };
});

let datasetId = '';
beforeAll(async () => {
  const lines = rows.map(({ at, value, place }) => `${at.toISOString()},${value ?? ''},${place}`);
  const { dataset } = await server.importFile({ content: `at,value,place\n${lines.join('\n')}\n` });
  datasetId = dataset.id;
});

interface Point {
  readonly x: string;
  readonly y: number;
  readonly min: number | null;
  readonly max: number | null;
  readonly count: number;
  readonly group: string | null;
}

const SERIES = `query ($id: ID!, $input: SeriesInput!) {
  dataset(id: $id) { series(input: $input) { bucketSeconds cursor points { x y min max count group } } } }`;

async function series(input: Record<string, unknown>) {
  const answer = await server.ask<{
    dataset: { series: { bucketSeconds: number; points: Point[] } };
  }>(SERIES, { id: datasetId, input: { x: 'at', y: 'value', ...input } });
  return answer.dataset.series;
}

/** The same, computed here. */
function expected(
  seconds: number,
  measure: (values: number[]) => number,
  keep: (row: (typeof rows)[number]) => boolean = () => true,
) {
  const buckets = Map.groupBy(
    rows
      .filter((row) => row.value !== null && keep(row))
      .toSorted((a, b) => Number(a.at) - Number(b.at)),
    ({ at }) => Math.floor(Number(at) / (seconds * 1000)) * seconds * 1000,
  );
  return [...buckets].map(([x, inside]) => {
    const values = inside.map(({ value }) => value!);
    return {
      x: new Date(x).toISOString(),
      y: measure(values),
      min: Math.min(...values),
      max: Math.max(...values),
      count: values.length,
    };
  });
}

const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);

test.each([
  ['COUNT', (values: number[]) => values.length],
  ['SUM', sum],
  ['AVG', (values: number[]) => sum(values) / values.length],
  ['MIN', (values: number[]) => Math.min(...values)],
  ['MAX', (values: number[]) => Math.max(...values)],
  ['FIRST', (values: number[]) => values[0]!],
  ['LAST', (values: number[]) => values.at(-1)!],
] as const)('%s is what plain arithmetic gives, bucket by bucket', async (measure, compute) => {
  const { bucketSeconds, points } = await series({ measure, maxPoints: 100 });
  expect(points.length).toBeLessThanOrEqual(100);
  expect(points.length).toBeGreaterThan(40);
  const wanted = expected(bucketSeconds, compute);
  expect(points.map(({ x, min, max, count }) => ({ x, min, max, count }))).toEqual(
    wanted.map(({ x, min, max, count }) => ({ x, min, max, count })),
  );
  for (const [index, { y }] of points.entries()) expect(y).toBeCloseTo(wanted[index]!.y, 8);
});

test('every x has its own point where they are few enough, between from and to', async () => {
  const from = new Date(START + 10 * HOUR);
  const to = new Date(START + 40 * HOUR);
  const { bucketSeconds, points } = await series({ from, to, maxPoints: 31 });
  expect(bucketSeconds).toBe(0);
  expect(points.map(({ x, y }) => ({ x, y }))).toEqual(
    expected(
      1,
      (values) => values[0]!,
      ({ at }) => at >= from && at <= to,
    ).map(({ x, y }) => ({ x, y })),
  );
});

test.each([
  ['2024-01-01T00:00:00Z', '2024-01-02T23:59:59Z', [1, 2]],
  ['2024-01-01T00:00:00.001Z', '2024-01-03T00:00:00Z', [2, 3]],
])('a date counts as its midnight in UTC: from %s to %s', async (from, to, wanted) => {
  const content = 'day,n\n2024-01-01,1\n2024-01-02,2\n2024-01-03,3\n';
  const { dataset } = await server.importFile({ content });
  const { dataset: found } = await server.ask<{ dataset: { series: { points: Point[] } } }>(
    SERIES,
    { id: dataset.id, input: { x: 'day', y: 'n', from, to } },
  );
  expect(found.series.points.map(({ y }) => y)).toEqual(wanted);
});

test('groups share the points, and each has its own line', async () => {
  const { bucketSeconds, points } = await series({
    groupBy: 'place',
    measure: 'SUM',
    maxPoints: 60,
  });
  expect(points.length).toBeLessThanOrEqual(60);
  for (const place of ['north', 'south', 'west']) {
    const line = points.filter(({ group }) => group === place);
    const wanted = expected(bucketSeconds, sum, (row) => row.place === place);
    expect(line.map(({ x, count }) => ({ x, count }))).toEqual(
      wanted.map(({ x, count }) => ({ x, count })),
    );
  }
});

test.each([
  [{ x: 'value' }, 'x must be a DATE or TIMESTAMP column; "value" is FLOAT.'],
  [{ y: 'place' }, 'y must be a column of numbers for AVG; "place" is TEXT.'],
  [{ y: 'nope' }, 'y: the dataset has no column "nope".'],
  [{ groupBy: 'value' }, 'groupBy: the column has more than 20 different values here'],
  [{ maxPoints: 10_001 }, 'maxPoints must be between 1 and 10000.'],
])('%j is refused in words', async (input, message) => {
  const { errors } = await server.run(SERIES, {
    id: datasetId,
    input: { x: 'at', y: 'value', ...input },
  });
  expect(errors).toMatchObject([
    { message: expect.stringContaining(message), extensions: { code: 'BAD_USER_INPUT' } },
  ]);
});
