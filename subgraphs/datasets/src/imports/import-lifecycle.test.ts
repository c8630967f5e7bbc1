import { afterAll, expect, test } from 'vitest';

import { startDatasets } from '../testing/datasets-server.ts';

const server = await startDatasets({ maxUploadBytes: 60_000_000 });
afterAll(() => server[Symbol.asyncDispose]());

const LINES = 400_000;
const large = `n,square\n${Array.from({ length: LINES }, (_, n) => `${n},${n * n}`).join('\n')}\n`;

const PROGRESS = `subscription ($id: ID!) {
  importProgressed(importId: $id) { status bytesRead bytesTotal rowsImported } }`;
interface Progress {
  readonly importProgressed: {
    readonly status: string;
    readonly bytesRead: number;
    readonly bytesTotal: number;
    readonly rowsImported: number;
  };
}

/** Uploads the large file and comes back while it is being read. */
async function beginLargeImport() {
  const { data } = await server.upload({ content: large });
  const { id, dataset } = data!.importDataset.import;
  for await (const { importProgressed } of server.subscribe<Progress>(PROGRESS, { id })) {
    if (importProgressed.bytesRead > 0) break;
  }
  return { id, datasetId: dataset.id };
}

test('importProgressed sends the present state, then every later one to the end', async () => {
  const { data } = await server.upload({ content: large });
  const { id } = data!.importDataset.import;
  const states: Progress['importProgressed'][] = [];
  for await (const { importProgressed } of server.subscribe<Progress>(PROGRESS, { id })) {
    states.push(importProgressed);
  }
  expect(states.length).toBeGreaterThan(2);
  expect(states.map(({ bytesRead }) => bytesRead)).toEqual(
    states.map(({ bytesRead }) => bytesRead).toSorted((a, b) => a - b),
  );
  const bytes = large.length;
  expect(states.at(-1)).toEqual({
    status: 'SUCCEEDED',
    bytesRead: bytes,
    bytesTotal: bytes,
    rowsImported: LINES,
  });
});

test('a cancelled import stops and leaves nothing; cancelling again is a CONFLICT', async () => {
  const { id } = await beginLargeImport();
  const cancel = 'mutation ($id: ID!) { cancelImport(id: $id) { import { status } } }';
  const { data } = await server.run(cancel, { id });
  expect(data).toEqual({ cancelImport: { import: { status: 'CANCELLED' } } });
  const { errors } = await server.run(cancel, { id });
  expect(errors).toMatchObject([{ extensions: { code: 'CONFLICT' } }]);
  await server.untilSpoolIsEmpty();
  expect(
    await server.sql(`SELECT 1 FROM pg_tables WHERE tablename = 't_${id.replaceAll('-', '')}'`),
  ).toEqual([]);
});

test('an import goes on after a restart in the middle of it, and ends with every row once', async () => {
  const { id, datasetId } = await beginLargeImport();
  await server.stop();
  expect(await server.sql(`SELECT status FROM import WHERE id = '${id}'`)).toEqual([
    { status: 'RUNNING' },
  ]);
  await server.start();
  expect(await server.ending(id)).toMatchObject({ status: 'SUCCEEDED', rowsImported: LINES });
  const [{ table_name: table }] = (await server.sql(
    `SELECT table_name FROM dataset WHERE id = '${datasetId}'`,
  )) as [{ table_name: string }];
  const [counted] = await server.sql(
    `SELECT count(*)::int AS rows, sum(c0)::text AS sum, bool_and(c0 * c0 = c1 AND id = c0 + 1) AS right FROM data.${table}`,
  );
  expect(counted).toEqual({ rows: LINES, sum: String((LINES * (LINES - 1)) / 2), right: true });
});

test('APPEND adds rows by column name, REPLACE swaps them; the change log records both', async () => {
  const { dataset } = await server.importFile({ content: 'a,b\n1,x\n2,y\n' });
  const input = (mode: string) => ({ mode, datasetId: dataset.id });
  const appended = await server.importFile({ content: 'b,a\nz,3\n,4\n', input: input('APPEND') });
  expect(appended).toMatchObject({
    status: 'SUCCEEDED',
    rowsImported: 2,
    dataset: { rowCount: 4 },
  });
  expect(appended.dataset.columns).toEqual([
    { name: 'a', type: 'INTEGER', nullable: false },
    { name: 'b', type: 'TEXT', nullable: true },
  ]);
  const unknown = await server.importFile({ content: 'a,c\n1,2\n', input: input('APPEND') });
  expect(unknown.error).toMatchObject({
    code: 'UNKNOWN_COLUMN',
    message: 'There is no column "c" in the dataset. Its columns are "a", "b".',
  });
  expect(await valuesOf(dataset.id)).toEqual([
    { a: 1, b: 'x' },
    { a: 2, b: 'y' },
    { a: 3, b: 'z' },
    { a: 4, b: null },
  ]);

  const replaced = await server.importFile({ content: 'c\n0.5\n', input: input('REPLACE') });
  expect(replaced.dataset).toMatchObject({ rowCount: 1, columns: [{ name: 'c', type: 'FLOAT' }] });
  expect(await valuesOf(dataset.id)).toEqual([{ c: 0.5 }]);
  const changes = await server.sql(
    `SELECT sequence::int, kind, first_row_id::int AS first, last_row_id::int AS last
     FROM dataset_change WHERE dataset_id = '${dataset.id}' ORDER BY sequence`,
  );
  expect(changes).toEqual([
    { sequence: 0, kind: 'CREATE', first: 1, last: 2 },
    { sequence: 1, kind: 'APPEND', first: 3, last: 4 },
    { sequence: 2, kind: 'REPLACE', first: 1, last: 1 },
  ]);
});

test('an upload that is too large is refused, and one that breaks off leaves nothing', async () => {
  const before = await server.sql('SELECT count(*) FROM import');
  const { errors } = await server.upload({ content: new Uint8Array(60_000_001) });
  expect(errors).toMatchObject([{ extensions: { code: 'PAYLOAD_TOO_LARGE' } }]);
  await server.breakOffUpload();
  expect(await server.sql('SELECT count(*) FROM import')).toEqual(before);
});

async function valuesOf(id: string): Promise<unknown[]> {
  const { dataset } = await server.ask<{
    dataset: { dataPoints: { nodes: { values: unknown }[] } };
  }>('query ($id: ID!) { dataset(id: $id) { dataPoints { nodes { values } } } }', { id });
  return dataset.dataPoints.nodes.map(({ values }) => values);
}
