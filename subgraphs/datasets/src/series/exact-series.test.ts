import { afterAll, describe, expect, test } from 'vitest';

import { startDatasets } from '../testing/datasets-server.ts';

const server = await startDatasets();
afterAll(() => server[Symbol.asyncDispose]());

interface Point {
  readonly x: string;
  readonly y: number;
  readonly yExact: string;
  readonly minExact: string | null;
  readonly maxExact: string | null;
}

interface Series {
  readonly bucketSeconds: number;
  readonly points: readonly Point[];
}

const SERIES = `query ($id: ID!, $input: SeriesInput!) {
  dataset(id: $id) { series(input: $input) { bucketSeconds points { x y yExact minExact maxExact } } } }`;

async function importRows(rows: readonly string[], types: Readonly<Record<string, string>>) {
  const columns = Object.entries(types).map(([name, type]) => ({ name, type }));
  const { dataset } = await server.importFile({
    content: `${Object.keys(types).join(',')}\n${rows.join('\n')}\n`,
    input: { columns },
  });
  const { id } = dataset;
  return {
    id,
    series: async (input: object): Promise<Series> =>
      (
        await server.ask<{ dataset: { series: Series } }>(SERIES, {
          id,
          input: { x: 'at', y: 'n', ...input },
        })
      ).dataset.series,
  };
}

describe.each([
  [
    'INTEGER',
    ['9007199254740993', '-9007199254740995', '9223372036854775807'],
    {
      COUNT: '3',
      SUM: '9223372036854775805',
      AVG: '3074457345618258601.6666666666666667',
      MIN: '-9007199254740995',
      MAX: '9223372036854775807',
      FIRST: '9007199254740993',
      LAST: '9223372036854775807',
    },
  ],
  [
    'DECIMAL',
    ['0.10', '12345678901234567890.123456789', '0.20'],
    {
      COUNT: '3',
      SUM: '12345678901234567890.423456789',
      AVG: '4115226300411522630.141152263',
      MIN: '0.10',
      MAX: '12345678901234567890.123456789',
      FIRST: '0.10',
      LAST: '0.20',
    },
  ],
  [
    'FLOAT',
    ['0.5', '1e21', '-0.25'],
    {
      COUNT: '3',
      SUM: '1e+21',
      AVG: '3.333333333333333e+20',
      MIN: '-0.25',
      MAX: '1e+21',
      FIRST: '0.5',
      LAST: '-0.25',
    },
  ],
])('%s', (type, values, expected) => {
  test('every measure keeps every digit, beside a float for charts', async () => {
    const rows = values.map((value, index) => `2024-01-01T00:00:00.00000${index}Z,${value}`);
    const dataset = await importRows(rows, { at: 'TIMESTAMP', n: type });
    const exact: Record<string, string | undefined> = {};
    for (const measure of Object.keys(expected)) {
      const { points } = await dataset.series({ measure, maxPoints: 1 });
      exact[measure] = points[0]?.yExact;
      expect(points).toEqual([
        {
          x: '2024-01-01T00:00:00.000Z',
          y: Number(exact[measure]),
          yExact: exact[measure],
          minExact: expected.MIN,
          maxExact: expected.MAX,
        },
      ]);
    }
    expect(exact).toEqual(expected);
  });
});

test('instants keep their microseconds, in points that were imported and appended, before 1970 too', async () => {
  const times = [
    '1969-12-31T23:59:59.999999Z',
    '2024-05-06T07:08:09.123Z',
    '2024-05-06T07:08:09.123456Z',
    '2024-05-06T07:08:09.123457Z',
    '2255-06-05T23:47:34.740993Z',
  ];
  const [appended = '', ...imported] = times.toReversed();
  const { id, series } = await importRows(
    imported.map((at, n) => `${at},${n}`),
    { at: 'TIMESTAMP', n: 'INTEGER' },
  );
  await server.ask(
    'mutation ($input: AppendDataPointsInput!) { appendDataPoints(input: $input) { cursor } }',
    { input: { datasetId: id, points: [{ at: appended, n: 9 }] } },
  );
  const xOf = async (input: object) => (await series(input)).points.map(({ x }) => x);
  expect(await xOf({})).toEqual(times);
  const { dataset } = await server.ask<{
    dataset: { dataPoints: { nodes: { values: { at: string } }[] } };
  }>('query ($id: ID!) { dataset(id: $id) { dataPoints { nodes { values } } } }', { id });
  expect(dataset.dataPoints.nodes.map(({ values }) => values.at)).toEqual([...imported, appended]);
  expect(await xOf({ from: times[2], to: times[2] })).toEqual([times[2]]);
  // The same instant in another zone.
  expect(await xOf({ from: '2024-05-06T09:08:09.123456000+02:00' })).toEqual(times.slice(2));
});

test.each([
  ['a microsecond', 1],
  ['ten milliseconds', 10_000],
])('points %s apart get buckets as narrow as they need', async (_, apart) => {
  const rows = Array.from(
    { length: 100 },
    (__, n) => `2024-01-01T00:00:0${(1 + (n * apart) / 1e6).toFixed(6)}Z,${n}`,
  );
  const { series } = await importRows(rows, { at: 'TIMESTAMP', n: 'INTEGER' });
  const { points, bucketSeconds } = await series({ measure: 'FIRST', maxPoints: 20 });
  expect(bucketSeconds).toBe((5 * apart) / 1e6);
  expect(points.map(({ yExact }) => Number(yExact))).toEqual(
    Array.from({ length: 20 }, (__, n) => n * 5),
  );
  expect(points[1]?.x).toBe(
    `2024-01-01T00:00:01.${String(5 * apart)
      .padStart(6, '0')
      .replace(/000$/, '')}Z`,
  );
});

test.each([
  ['2024-01-01T00:00:00.1234567Z', 'DateTime keeps microseconds: 2024-01-01T00:00:00.1234567Z'],
  ['0000-01-01T00:00:00Z', 'DateTime must be in the years 0001 to 9999'],
  ['9999-12-31T23:59:59-01:00', 'DateTime must be in the years 0001 to 9999'],
  ['2024-02-30T00:00:00Z', 'DateTime cannot represent an invalid date-time-string'],
  [1_700_000_000, 'DateTime cannot represent non string or Date type 1700000000'],
])('%s is refused as an instant', async (from, message) => {
  const { errors } = await server.run(SERIES, {
    id: crypto.randomUUID(),
    input: { x: 'at', y: 'n', from },
  });
  expect(errors).toMatchObject([
    { message: expect.stringContaining(message), extensions: { code: 'BAD_USER_INPUT' } },
  ]);
});
