import { readdir } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';

import type { Client } from '@affluent/client';
import { signUp } from '@affluent/client/testing';
import { processTree, type Sandbox } from '@affluent/sandbox';
import { startSandbox } from '@affluent/sandbox/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { postRaw } from './raw-request.ts';

const MAX_FILE_BYTES = 200_000_000;

let sandbox: Sandbox;
let client: Client;
let workspaceId: string;
let headers: Record<string, string>;

beforeAll(async () => {
  sandbox = await startSandbox({ env: { MAX_UPLOAD_BYTES: String(MAX_FILE_BYTES) } });
  client = await signUp({
    origin: sandbox.origin,
    email: 'radia@affluent.example',
    password: 'spanning-trees-1985',
    displayName: 'Radia',
  });
  const { viewer } = await client.query<{
    viewer: { memberships: { workspace: { id: string } }[] };
  }>('{ viewer { memberships { workspace { id } } } }');
  workspaceId = viewer.memberships[0]!.workspace.id;
  headers = {
    authorization: `Bearer ${await client.accessToken()}`,
    'apollo-require-preflight': 'true',
    'content-type': 'multipart/form-data; boundary=x',
  };
});
afterAll(async () => {
  await client?.[Symbol.asyncDispose]();
  await sandbox?.[Symbol.asyncDispose]();
});

const IMPORT = `mutation Import($input: ImportDatasetInput!, $file: Upload!) {
  importDataset(input: $input, file: $file) { import { fileName } } }`;

/** Characters up to U+00FF are single bytes, so that a case can hold any. */
const send = (body: string, changed: Record<string, string> = {}) =>
  postRaw({
    origin: sandbox.origin,
    headers: { ...headers, ...changed },
    body: Buffer.from(body, 'latin1'),
  });

const part = (disposition: string, content: string, more = ''): string =>
  `--x\r\ncontent-disposition: form-data; ${disposition}\r\n${more}\r\n${content}\r\n`;
const field = (name: string, value: unknown): string =>
  part(`name="${name}"`, JSON.stringify(value));
const operations = (variables: object = { file: null }): string =>
  field('operations', {
    query: IMPORT,
    variables: { input: { workspaceId, name: 'x' }, ...variables },
  });
const MAP = field('map', { 0: ['variables.file'] });
const CSV = 'a,b\n1,2\n';
const FILE = part('name="0"; filename="a.csv"', CSV);
const END = '--x--\r\n';
const mapped = (map: unknown, variables?: object): string =>
  operations(variables) + field('map', map) + FILE + END;
const fileCalled = (disposition: string): string =>
  operations() + MAP + part(`name="0"; ${disposition}`, CSV) + END;

const datasetCount = async (): Promise<number> => {
  const { datasets } = await client.query<{ datasets: { totalCount: number } }>(
    'query ($id: ID!) { datasets(workspaceId: $id) { totalCount } }',
    { id: workspaceId },
  );
  return datasets.totalCount;
};
const spoolFolder = (): string => join(sandbox.dataDir, 'spool');

const MALFORMED: readonly (readonly [what: string, body: () => string, says: RegExp])[] = [
  ['an empty body', () => '', /malformed/],
  ['no form', () => 'hello', /malformed/],
  ['a form of nothing', () => END, /"operations" is missing/],
  ['a form without map', () => operations() + END, /"map" is missing/],
  ['a form without its end', () => operations() + MAP + FILE, /malformed/],
  ['a form that ends inside a file', () => (operations() + MAP + FILE).slice(0, -12), /malformed/],
  ['a form that ends inside a header', () => `${operations()}--x\r\ncontent-dis`, /malformed/],
  ['a header that is none', () => `${operations()}--x\r\n@\r\n\r\n${END}`, /malformed/],
  ['map before operations', () => MAP + operations() + FILE + END, /"map" does not belong/],
  ['a file before map', () => operations() + FILE + MAP + END, /comes before/],
  ['operations twice', () => operations() + operations() + END, /"operations" does not belong/],
  ['map twice', () => operations() + MAP + MAP + END, /"map" does not belong/],
  ['another field', () => operations() + MAP + field('more', 1) + END, /"more" does not belong/],
  [
    'a field without a name',
    () => operations() + part('title="x"', '1') + END,
    /"" does not belong/,
  ],
  ['operations that are no JSON', () => part('name="operations"', '{') + END, /not JSON/],
  ['operations that are a text', () => field('operations', 'x') + END, /not an object/],
  ['operations that are null', () => field('operations', null) + END, /not an object/],
  ['a batch', () => field('operations', [{ query: IMPORT }]) + END, /one operation a request/],
  ['a map that is no JSON', () => operations() + part('name="map"', '[') + END, /not JSON/],
  ['a map that is a list', () => mapped([]), /not an object/],
  ['a map that is null', () => mapped(null), /not an object/],
  ['a file with one path, not a list', () => mapped({ 0: 'variables.file' }), /no list of paths/],
  ['a file that is mapped nowhere', () => mapped({ 0: [] }), /no list of paths/],
  ['a path that is a number', () => mapped({ 0: [1] }), /not a string/],
  ['a path beside the variables', () => mapped({ 0: ['query'] }), /does not begin/],
  ['a path to all variables', () => mapped({ 0: ['variables'] }), /does not begin/],
  ['an empty path', () => mapped({ 0: [''] }), /does not begin/],
  ['a path that leads nowhere', () => mapped({ 0: ['variables.x'] }), /leads nowhere/],
  ['a path below null', () => mapped({ 0: ['variables.file.x'] }), /leads nowhere/],
  ['a path behind a list', () => mapped({ 0: ['variables.f.1'] }, { f: [null] }), /leads nowhere/],
  ['a path to a value', () => mapped({ 0: ['variables.input.name'] }), /not null/],
  ['a length', () => mapped({ 0: ['variables.f.length'] }, { f: [null] }), /not null/],
  ['a prototype', () => mapped({ 0: ['variables.__proto__.x'] }), /leads nowhere/],
  ['a constructor', () => mapped({ 0: ['variables.constructor.prototype.x'] }), /leads nowhere/],
  [
    'a prototype of its own',
    () => mapped({ 0: ['variables.input.__proto__'] }).replace('"name":"x"', '"__proto__":null'),
    /leads nowhere/,
  ],
  ['a path twice', () => mapped({ 0: ['variables.file', 'variables.file'] }), /in 2 places/],
  [
    'a file for two variables',
    () => mapped({ 0: ['variables.file', 'variables.f'] }, { file: null, f: null }),
    /in 2 places/,
  ],
  ['a path of two files', () => mapped({ 0: ['variables.file'], 1: ['variables.file'] }), /twice/],
  ['a missing file', () => operations() + MAP + END, /"0" of "map" is missing/],
  [
    'one missing file of two',
    () => mapped({ 0: ['variables.file'], 1: ['variables.more'] }, { file: null, more: null }),
    /"1" of "map" is missing/,
  ],
  [
    'a file too many',
    () => operations() + MAP + FILE + part('name="1"; filename="b"', '') + END,
    /not in "map"/,
  ],
  ['a file twice', () => operations() + MAP + FILE + FILE + END, /there twice/],
  [
    'a file in base64',
    () =>
      operations() +
      MAP +
      part('name="0"; filename="a"', 'YQ==', 'content-transfer-encoding: base64\r\n') +
      END,
    /encoded as "base64"/,
  ],
  [
    'a file without a name',
    () =>
      operations() +
      MAP +
      part('name="0"', CSV, 'content-type: application/octet-stream\r\n') +
      END,
    /has no name/,
  ],
  ['a name that climbs', () => fileCalled('filename="../../etc/passwd"'), /is a path/],
  ['a name of Windows', () => fileCalled(String.raw`filename="C:\\a.csv"`), /is a path/],
  ['the name of a folder', () => fileCalled('filename=".."'), /is a path/],
  ['a path in disguise', () => fileCalled("filename*=UTF-8''..%2Fa.csv"), /is a path/],
  ['a name with NUL', () => fileCalled('filename="a\0.csv"'), /malformed/],
  ['a name with NUL in disguise', () => fileCalled("filename*=UTF-8''a%00.csv"), /control/],
  ['a name with a line in disguise', () => fileCalled("filename*=UTF-8''a%0D%0Ab"), /control/],
  [
    'a name that turns its direction',
    () => fileCalled("filename*=UTF-8''a%E2%80%AEvsc.exe"),
    /direction/,
  ],
  ['a name in Latin-1', () => fileCalled('filename="caf\xe9.csv"'), /not UTF-8/],
  ['a long name', () => fileCalled(`filename="${'a'.repeat(256)}"`), /longer than 255 bytes/],
  ['a name without end', () => fileCalled(`filename="${'a'.repeat(20_000)}"`), /malformed/],
];

test.for(MALFORMED)('%s is refused with the reason', async ([, body, says]) => {
  expect(await send(body())).toMatchObject({
    status: 400,
    errors: [{ message: expect.stringMatching(says), extensions: { code: 'BAD_REQUEST' } }],
  });
});

test('what the header says of the form must be right', async () => {
  const body = mapped({ 0: ['variables.file'] });
  const type = 'multipart/form-data; boundary=';
  for (const boundary of ['', '""', 'y'.repeat(71), '"x', '@'])
    expect([boundary, await send(body, { 'content-type': type + boundary })]).toMatchObject([
      boundary,
      { status: 400, errors: [{ extensions: { code: 'BAD_REQUEST' } }] },
    ]);
  expect(await send(body, { 'content-type': 'multipart/form-data' })).toMatchObject({
    status: 400,
    errors: [{ message: expect.stringContaining('boundary') }],
  });
  expect(await send(body, { 'content-encoding': 'gzip' })).toMatchObject({
    status: 415,
    errors: [{ message: expect.stringContaining('compressed') }],
  });
});

test('a form that another site could post is refused', async () => {
  const body = mapped({ 0: ['variables.file'] });
  expect(await send(body, { 'apollo-require-preflight': '' })).toMatchObject({
    status: 400,
    errors: [{ message: expect.stringContaining('apollo-require-preflight') }],
  });
});

test('too many files, and fields that are too large, are refused as too large', async () => {
  const many = Object.fromEntries(Array.from({ length: 11 }, (_, index) => [index, ['x']]));
  const long = 'x'.repeat(1_000_000);
  for (const body of [
    mapped(many),
    operations({ file: null, long }) + MAP + FILE + END,
    operations() + field('map', { 0: ['variables.file'], long: [long] }) + FILE + END,
  ]) {
    expect(await send(body)).toMatchObject({
      status: 413,
      errors: [{ extensions: { code: 'PAYLOAD_TOO_LARGE' } }],
    });
  }
});

test('nothing of the refused uploads has been imported', async () => {
  expect(await datasetCount()).toBe(0);
  await untilSpoolIsEmpty();
});

test('two files of one operation are imported, each by its field', async () => {
  const query = `mutation ($one: ImportDatasetInput!, $two: ImportDatasetInput!, $a: Upload!, $b: Upload!) {
    first: importDataset(input: $one, file: $a) { import { fileName } }
    second: importDataset(input: $two, file: $b) { import { fileName } } }`;
  const variables = {
    one: { workspaceId, name: 'one' },
    two: { workspaceId, name: 'two' },
    a: null,
    b: null,
  };
  const large = `a,b\n${'1,2\n'.repeat(500_000)}`;
  const body =
    field('operations', { query, variables }) +
    field('map', { 0: ['variables.a'], 1: ['variables.b'] }) +
    part('name="0"; filename="one.csv"', large) +
    part('name="1"; filename="two.csv"', large) +
    END;
  expect(await send(body)).toMatchObject({
    status: 200,
    data: {
      first: { import: { fileName: 'one.csv' } },
      second: { import: { fileName: 'two.csv' } },
    },
  });
  await expect.poll(datasetCount, { timeout: 60_000 }).toBe(2);
});

test('the requests of other clients are accepted', async () => {
  const accepted: readonly (readonly [body: string, fileName: string, changed?: object])[] = [
    [`preamble\r\n${mapped({ 0: ['variables.file'] })}epilogue`, 'a.csv'],
    [fileCalled("filename*=UTF-8''na%C3%AFve.csv"), 'naïve.csv'],
    [fileCalled("filename*=ISO-8859-1''caf%E9.csv"), 'café.csv'],
    [fileCalled(`filename="${Buffer.from('données €.csv').toString('latin1')}"`), 'données €.csv'],
    [fileCalled('filename="a;b \'c\'.csv"'), "a;b 'c'.csv"],
    [fileCalled('filename=a.csv'), 'a.csv'],
    [
      mapped({ 0: ['variables.file'] }),
      'a.csv',
      { 'apollo-require-preflight': '', 'x-apollo-operation-name': 'Import' },
    ],
  ];
  for (const [body, fileName, changed] of accepted) {
    expect(await send(body, { ...changed })).toMatchObject({
      status: 200,
      data: { importDataset: { import: { fileName } } },
    });
  }
});

async function untilSpoolIsEmpty(): Promise<void> {
  await expect.poll(() => readdir(spoolFolder())).toEqual([]);
}

test('a file that is refused at once does not have to be sent first', async () => {
  async function* content(): AsyncGenerator<Uint8Array> {
    yield Buffer.from(CSV);
    await new Promise<never>(() => {});
  }
  const input = { workspaceId: crypto.randomUUID(), name: 'x' };
  await expect(
    client.upload(IMPORT, { input }, { name: 'x.csv', stream: content() }),
  ).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('a client that disconnects in the middle of an upload leaves nothing behind', async () => {
  await untilSpoolIsEmpty();
  const count = await datasetCount();
  const { hostname, host, port } = new URL(sandbox.origin);
  const socket = connect(Number(port), hostname);
  const lines = Object.entries({ host, 'content-length': 1e9, ...headers });
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  socket.write(`POST /graphql HTTP/1.1\r\n${head}\r\n${operations()}${MAP}`);
  socket.write(FILE.slice(0, -2) + '1,2\n'.repeat(1_000_000));
  await expect.poll(() => readdir(spoolFolder())).toHaveLength(1);
  socket.destroy();
  await untilSpoolIsEmpty();
  expect(await datasetCount()).toBe(count);
});

test('a file of 200 MB passes through the gateway without being held in memory; one byte more is too large', async () => {
  const memory = (): number =>
    processTree(sandbox.pid).find(({ name }) => name === 'gateway')?.rss ?? 0;
  const before = memory();
  let most = before;
  async function* content(): AsyncGenerator<Uint8Array> {
    const piece = Buffer.alloc(10_000_000, CSV);
    for (let sent = 0; sent < MAX_FILE_BYTES; sent += piece.length) {
      yield piece;
      most = Math.max(most, memory());
    }
    yield Buffer.from('\n');
  }
  const stream = content();
  await expect(
    client.upload(IMPORT, { input: { workspaceId, name: 'x' } }, { name: 'x.csv', stream }),
  ).rejects.toMatchObject({ code: 'PAYLOAD_TOO_LARGE' });
  expect(before).toBeGreaterThan(0);
  // `npm run bench -- upload` measures how little it is.
  expect(most - before).toBeLessThan(MAX_FILE_BYTES / 2);
  await untilSpoolIsEmpty();
});
