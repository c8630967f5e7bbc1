import { readFile } from 'node:fs/promises';

import { afterAll, expect, test } from 'vitest';

import { startDatasets } from '../testing/datasets-server.ts';

const server = await startDatasets();
afterAll(() => server[Symbol.asyncDispose]());

const vega = (name: string) =>
  readFile(new URL(`../../../../node_modules/vega-datasets/data/${name}`, import.meta.url));

/** Column name to type. */
const typesOf = ({ columns }: { columns: readonly { name: string; type: string }[] }) =>
  Object.fromEntries(columns.map(({ name, type }) => [name, type]));

test.each([
  ['stocks.csv', 560, { symbol: 'TEXT', date: 'DATE', price: 'FLOAT' }],
  [
    'seattle-weather.csv',
    1461,
    {
      date: 'DATE',
      precipitation: 'FLOAT',
      temp_max: 'FLOAT',
      temp_min: 'FLOAT',
      wind: 'FLOAT',
      weather: 'TEXT',
    },
  ],
  ['co2-concentration.csv', 741, { Date: 'DATE', CO2: 'FLOAT', 'adjusted CO2': 'FLOAT' }],
  ['unemployment.tsv', 3218, { id: 'INTEGER', rate: 'FLOAT' }],
  [
    'movies.json',
    3201,
    {
      Title: 'TEXT',
      'US Gross': 'INTEGER',
      'Worldwide Gross': 'INTEGER',
      'US DVD Sales': 'INTEGER',
      'Production Budget': 'INTEGER',
      'Release Date': 'DATE',
      'MPAA Rating': 'TEXT',
      'Running Time min': 'INTEGER',
      Distributor: 'TEXT',
      Source: 'TEXT',
      'Major Genre': 'TEXT',
      'Creative Type': 'TEXT',
      Director: 'TEXT',
      'Rotten Tomatoes Rating': 'INTEGER',
      'IMDB Rating': 'FLOAT',
      'IMDB Votes': 'INTEGER',
    },
  ],
])('%s is imported whole, with the right types', async (fileName, rows, types) => {
  const outcome = await server.importFile({ content: await vega(fileName), fileName });
  expect(outcome.rejects.nodes).toEqual([]);
  expect(outcome).toMatchObject({
    status: 'SUCCEEDED',
    error: null,
    rowsImported: rows,
    rowsRejected: 0,
  });
  expect(typesOf(outcome.dataset)).toEqual(types);
  expect(outcome.dataset).toMatchObject({ rowCount: rows, name: fileName });
});
test('values arrive as they stand in the file, or their row is rejected with line, column, value and reason', async () => {
  const content = [
    'code;big;huge;when;local;ok;note',
    '007;9007199254740993;123456789012345678901;2024-01-31T10:00:00+02:00;31/01/2024;true;"a;""b""\r\nc"',
    '008;-1;1;2024-02-29 23:59:59.123456;01/02/2024;FALSE;\\N\t\\',
    ...Array.from({ length: 40 }, (_, n) => `009;${n};2;2024-03-01T00:00:00Z;1/3/2024;true;`),
    '010;1O;2;2024-03-01T00:00:00Z;01/03/2024;true;x',
    '011;1;2;2024-02-30T00:00:00Z;01/03/2024;true;x',
    '012;1;2;2024-03-01T00:00:00Z;30/02/2024;true;x',
    '013;1;2',
  ].join('\n');
  const outcome = await server.importFile({ content });
  expect(outcome).toMatchObject({ status: 'SUCCEEDED', rowsImported: 42, rowsRejected: 4 });
  expect(typesOf(outcome.dataset)).toEqual({
    code: 'TEXT',
    big: 'INTEGER',
    huge: 'DECIMAL',
    when: 'TIMESTAMP',
    local: 'DATE',
    ok: 'BOOLEAN',
    note: 'TEXT',
  });
  expect(outcome.rejects).toEqual({
    totalCount: 4,
    nodes: [
      { line: 45, column: 'big', value: '1O', reason: 'is not an integer of 64 bits' },
      { line: 46, column: 'when', value: '2024-02-30T00:00:00Z', reason: 'is not a date and time' },
      { line: 47, column: 'local', value: '30/02/2024', reason: 'is not a date' },
      { line: 48, column: null, value: '013 | 1 | 2', reason: 'has 3 fields, expected 7' },
    ],
  });
  expect(await pointsOf(outcome.dataset.id, 2)).toEqual([
    {
      code: '007',
      big: '9007199254740993',
      huge: '123456789012345678901',
      when: '2024-01-31T08:00:00.000Z',
      local: '2024-01-31',
      ok: true,
      note: 'a;"b"\r\nc',
    },
    {
      code: '008',
      big: -1,
      huge: '1',
      when: '2024-02-29T23:59:59.123456Z',
      local: '2024-02-01',
      ok: false,
      note: '\\N\t\\',
    },
  ]);
});

test('NDJSON keeps nested values and every digit, and rejects the lines that are no objects', async () => {
  const content = [
    '\uFEFF{"id": 1, "price": 0.1234567890123456789, "tags": ["a", {"n": 12345678901234567890}], "at": "2024-05-01"}',
    '{"id": 2, "price": 1e400, "tags": null}',
    '{"id": 3, "price": 1.50, "tags": "\\u0000"}',
    '[1]',
    `{"id": 4, "tags": ${'['.repeat(300)}${']'.repeat(300)}}`,
    '{"id": 5, "price"',
  ].join('\n');
  const outcome = await server.importFile({ content, fileName: 'events.ndjson' });
  expect(typesOf(outcome.dataset)).toEqual({
    id: 'INTEGER',
    price: 'DECIMAL',
    tags: 'JSON',
    at: 'DATE',
  });
  expect(outcome.rejects.nodes.map(({ line, column, reason }) => [line, column, reason])).toEqual([
    [3, 'tags', expect.stringContaining('cannot be stored')],
    [4, null, 'is an array, not an object'],
    [5, null, 'is nested more than 200 levels deep'],
    [6, null, expect.stringContaining('is not valid JSON')],
  ]);
  const [first, second] = await pointsOf(outcome.dataset.id, 2);
  expect(first).toEqual({
    id: 1,
    price: '0.1234567890123456789',
    tags: ['a', { n: '12345678901234567890' }],
    at: '2024-05-01',
  });
  expect(second).toMatchObject({ id: 2, price: `1${'0'.repeat(400)}`, at: null });
});

test('what the person says about delimiter, header and types goes before what is found', async () => {
  const outcome = await server.importFile({
    content: '1|2,5\n3|4,5\n',
    input: {
      csv: { delimiter: '|', header: false },
      columns: [{ name: 'column 1', type: 'TEXT' }],
    },
  });
  expect(typesOf(outcome.dataset)).toEqual({ 'column 1': 'TEXT', 'column 2': 'TEXT' });
  expect(await pointsOf(outcome.dataset.id, 1)).toEqual([{ 'column 1': '1', 'column 2': '2,5' }]);
});

const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13]);
const latin1 = new Uint8Array(Buffer.from('name\nJosé\n', 'latin1'));

test.each([
  [
    'an image',
    { content: png },
    'BINARY_FILE',
    /^This looks like a binary file \(PNG image\)/,
    null,
  ],
  ['NUL bytes', { content: 'a,b\n1,2\n\0\0' }, 'BINARY_FILE', /Line 3 has a NUL byte/, 3],
  ['Latin-1', { content: latin1 }, 'NOT_UTF8', /^Line 2 is not UTF-8/, 2],
  ['an empty file', { content: '' }, 'EMPTY_FILE', /^The file is empty/, null],
  ['a header only', { content: 'a,b\n' }, 'NO_ROWS', /^The file has no rows/, null],
  [
    'an empty array',
    { content: '[]', fileName: 'x.json' },
    'NO_ROWS',
    /^The file has no rows/,
    null,
  ],
  [
    'an unclosed quote',
    { content: 'a,b\n1,2\n3,"x\ny\n' },
    'UNCLOSED_QUOTE',
    /opens on line 3 is never closed/,
    3,
  ],
  [
    'JSON that is cut off',
    { content: '[\n{"a": 1},\n{"a": 2, "b": [', fileName: 'x.json' },
    'TRUNCATED_FILE',
    /^The file ends inside record 2 \(line 3\)/,
    3,
  ],
  [
    'one JSON object',
    { content: '{\n"a": 1\n}', fileName: 'x.json' },
    'INVALID_JSON',
    /one JSON object/,
    1,
  ],
  [
    'rows of which none fits',
    { content: 'a,b\n1\n2\n' },
    'NO_ROWS',
    /None of the 2 rows could be read/,
    null,
  ],
  [
    'too many rejects',
    { content: `a,b\n1,2\n${'1\n'.repeat(10_001)}` },
    'TOO_MANY_REJECTS',
    /More than 10,000 rows/,
    10_003,
  ],
])(
  '%s ends as FAILED, says why, and leaves nothing visible',
  async (_, file, code, message, line) => {
    const outcome = await server.importFile(file);
    expect(outcome).toMatchObject({ status: 'FAILED', error: { code, line }, rowsImported: 0 });
    expect(outcome.error?.message).toMatch(message);
    const { dataset } = await server.ask<{ dataset: unknown }>(
      'query ($id: ID!) { dataset(id: $id) { id } }',
      { id: outcome.dataset.id },
    );
    expect(dataset).toBeNull();
  },
);

test.each(['', 'x'.repeat(201), 'Rain\u202Efall', 'Rain\u200Bfall', 'Rain\0fall'])(
  '%j names no dataset',
  async (name) => {
    const { errors } = await server.upload({ content: 'a\n1\n', input: { name } });
    expect(errors).toMatchObject([
      {
        message: expect.stringContaining('The name of a dataset'),
        extensions: { code: 'BAD_USER_INPUT' },
      },
    ]);
  },
);

test('a failed import leaves no table', async () => {
  const tables = await server.sql(`
    SELECT 1 FROM pg_tables t LEFT JOIN dataset d ON d.table_name = t.tablename
    WHERE t.schemaname = 'data' AND d.id IS NULL`);
  expect(tables).toEqual([]);
});

async function pointsOf(id: string, first: number): Promise<Record<string, unknown>[]> {
  const { dataset } = await server.ask<{
    dataset: { dataPoints: { nodes: { values: Record<string, unknown> }[] } };
  }>(
    'query ($id: ID!, $first: Int!) { dataset(id: $id) { dataPoints(first: $first) { nodes { values } } } }',
    { id, first },
  );
  return dataset.dataPoints.nodes.map(({ values }) => values);
}
