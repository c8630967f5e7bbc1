import { afterAll, expect, test } from 'vitest';

import { startDatasets } from '../testing/datasets-server.ts';

const server = await startDatasets();
afterAll(() => server[Symbol.asyncDispose]());

const APPEND = `mutation ($input: AppendDataPointsInput!) {
  appendDataPoints(input: $input) { appended cursor dataset { rowCount columns { name } timeColumn { name } } } }`;
const APPENDED = `subscription ($id: ID!, $after: String) {
  dataPointsAppended(datasetId: $id, after: $after) {
    count cursor appendedAt dataset { rowCount columns { name } imports { status } } dataPoints { id values } } }`;

interface Appended {
  readonly dataPointsAppended: {
    readonly count: number;
    readonly cursor: string;
    readonly dataPoints: readonly {
      readonly id: string;
      readonly values: Record<string, unknown>;
    }[];
  };
}
interface AppendAnswer {
  readonly appendDataPoints: { readonly appended: number; readonly cursor: string };
}

async function newDataset(): Promise<string> {
  const content = 'at,n,price,note,ok\n2024-01-01T00:00:00Z,1,1.5,x,true\n';
  return (await server.importFile({ content })).dataset.id;
}

const append = (datasetId: string, points: unknown[], idempotencyKey?: string) =>
  server.ask<AppendAnswer>(APPEND, { input: { datasetId, points, idempotencyKey } });

test('an append is seen by subscribers in order, and one that resumes misses none and sees none twice', async () => {
  const id = await newDataset();
  const first = await append(id, [{ n: 2 }]);
  const live = server.subscribe<Appended>(APPENDED, { id, after: first.appendDataPoints.cursor });
  const seen: Appended['dataPointsAppended'][] = [];
  const reading = (async () => {
    for await (const { dataPointsAppended } of live) {
      seen.push(dataPointsAppended);
      if (seen.length === 20) break;
    }
  })();
  // Many at once: they are numbered by the order of their commits.
  await Promise.all(Array.from({ length: 20 }, (_, n) => append(id, [{ n: n + 3 }, { n: -n }])));
  await reading;
  const ids = seen.flatMap(({ dataPoints }) => dataPoints.map((point) => Number(point.id)));
  expect(ids).toEqual(Array.from({ length: 40 }, (_, n) => n + 3));

  const resumed: Appended['dataPointsAppended'][] = [];
  const after = seen[14]!.cursor;
  for await (const { dataPointsAppended } of server.subscribe<Appended>(APPENDED, { id, after })) {
    resumed.push(dataPointsAppended);
    if (resumed.length === 5) break;
  }
  expect(resumed.map(({ cursor }) => cursor)).toEqual(seen.slice(15).map(({ cursor }) => cursor));
});

test('a subscription sends the cursor at which it starts, if the client requests it', async () => {
  const id = await newDataset();
  const { cursor } = (await append(id, [{ n: 2 }])).appendDataPoints;
  const start = Promise.withResolvers<unknown>();
  const live = server.subscribe<Appended>(APPENDED, { id }, undefined, start.resolve);
  const next = live.next();
  expect(await start.promise).toBe(cursor);
  await append(id, [{ n: 3 }]);
  expect((await next).value?.dataPointsAppended.dataPoints[0]?.values.n).toBe(3);
  await live.return();
});

test('a subscriber misses nothing when the database drops the listening connection', async () => {
  const id = await newDataset();
  const { cursor: after } = (await append(id, [{ n: 2 }])).appendDataPoints;
  const live = server.subscribe<Appended>(APPENDED, { id, after });
  const nextValue = async (): Promise<unknown> => {
    const { value } = await live.next();
    return value?.dataPointsAppended.dataPoints[0]?.values.n;
  };
  await append(id, [{ n: 3 }]);
  expect(await nextValue()).toBe(3);
  await server.sql(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE query LIKE 'LISTEN%' AND datname = current_database()`);
  await append(id, [{ n: 4 }]);
  expect(await nextValue()).toBe(4);
  await live.return();
});

test('an imported APPEND reaches the subscribers too, with at most its first 1,000 rows', async () => {
  const id = await newDataset();
  const { appendDataPoints } = await append(id, [{ n: 2 }]);
  const content = `n\n${Array.from({ length: 1_500 }, (_, n) => n).join('\n')}\n`;
  await server.importFile({ content, input: { mode: 'APPEND', datasetId: id } });
  const after = appendDataPoints.cursor;
  for await (const { dataPointsAppended } of server.subscribe<Appended>(APPENDED, { id, after })) {
    expect(dataPointsAppended.count).toBe(1_500);
    expect(dataPointsAppended.dataPoints).toHaveLength(1_000);
    break;
  }
});

test('rows are read only if a subscriber selects them, and once for all subscribers', async () => {
  const id = await newDataset();
  const [{ table }] = (await server.sql(
    `SELECT 'data.' || table_name AS table FROM dataset WHERE id = '${id}'`,
  )) as [{ table: string }];
  /** How often the table was scanned. Connections report their counts when they close. */
  const scans = async (): Promise<number> => {
    await server.stop();
    await expect
      .poll(() =>
        server.sql(`SELECT pid FROM pg_stat_activity
          WHERE datname = current_database() AND pid <> pg_backend_pid()`),
      )
      .toEqual([]);
    const [{ count }] = (await server.sql(
      `SELECT (seq_scan + coalesce(idx_scan, 0))::int AS count FROM pg_stat_user_tables
       WHERE relid = '${table}'::regclass`,
    )) as [{ count: number }];
    await server.start();
    return count;
  };
  const followOneAppend = async (fields: string): Promise<unknown[]> => {
    const { cursor: after } = (await append(id, [{ n: 2 }])).appendDataPoints;
    const query = `subscription ($id: ID!, $after: String) {
      dataPointsAppended(datasetId: $id, after: $after) { ${fields} } }`;
    const live = [1, 2, 3].map(() => server.subscribe<Appended>(query, { id, after }));
    const events = live.map((subscriber) => subscriber.next());
    await append(id, [{ n: 3 }]);
    const values = (await Promise.all(events)).map(({ value }) => value?.dataPointsAppended);
    await Promise.all(live.map((subscriber) => subscriber.return()));
    return values;
  };
  const before = await scans();
  const counted = await followOneAppend('count');
  expect(counted).toEqual([1, 2, 3].map(() => ({ count: 1 })));
  expect(await scans()).toBe(before);
  const read = await followOneAppend('dataPoints { values }');
  expect(read).toMatchObject([1, 2, 3].map(() => ({ dataPoints: [{ values: { n: 3 } }] })));
  expect(await scans()).toBe(before + 1);
});

test('a retry with the same key returns the original result and appends nothing', async () => {
  const id = await newDataset();
  const points = [{ at: '2024-01-02', n: '9007199254740993', price: 2.5, note: 'y', ok: false }];
  const [once, again] = await Promise.all([append(id, points, 'key'), append(id, points, 'key')]);
  expect(again.appendDataPoints.cursor).toBe(once.appendDataPoints.cursor);
  const { dataset } = await server.ask<{
    dataset: { rowCount: number; dataPoints: { nodes: unknown[] } };
  }>('query ($id: ID!) { dataset(id: $id) { rowCount dataPoints { nodes { id values } } } }', {
    id,
  });
  expect(dataset.rowCount).toBe(2);
  expect(dataset.dataPoints.nodes[1]).toEqual({
    id: '2',
    values: {
      at: '2024-01-02T00:00:00.000Z',
      n: '9007199254740993',
      price: 2.5,
      note: 'y',
      ok: false,
    },
  });
});

test.each([
  [{ n: 1.5 }, 'points[1], column "n": the value must be a whole number'],
  [{ price: '1.5' }, 'points[1], column "price": the value must be a JSON number'],
  [{ at: '2024-02-30' }, 'points[1], column "at": the value is not a date and time'],
  [{ ok: 'true' }, 'points[1], column "ok": the value must be a JSON boolean'],
  [{ nope: 1 }, 'points[1], column "nope": the dataset has no such column'],
])('a point like %j is refused, and the others with it', async (point, message) => {
  const id = await newDataset();
  const { errors } = await server.run(APPEND, {
    input: { datasetId: id, points: [{ n: 2 }, point] },
  });
  expect(errors).toMatchObject([
    { message: expect.stringContaining(message), extensions: { code: 'BAD_USER_INPUT' } },
  ]);
  const { dataset } = await server.ask<{ dataset: unknown }>(
    'query ($id: ID!) { dataset(id: $id) { rowCount } }',
    { id },
  );
  expect(dataset).toEqual({ rowCount: 1 });
});
