import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';

import { expect, test } from 'vitest';

import { openDiskBlobStore } from '../../blobs/disk-blob-store.ts';
import { createCsvReader } from './csv.ts';
import { readJsonArray } from './json-array.ts';
import { readNdjson } from './ndjson.ts';
import type { ReadRecords } from './record.ts';
import { readTextFile } from './text-file.ts';

async function* pieces(...texts: string[]) {
  yield* texts;
}

async function readAll(read: ReadRecords, texts: AsyncIterable<string>) {
  const records = [];
  for await (const some of read(texts)) records.push(...some);
  return records;
}

const csv = 'a,b\r\n"x, ""y""\r\nz",2\n\n3,\r"4"5,6\n7,a "b" c';
const json = '[ {"a": "]}\\"\\\\", "b": [1, {"c": 2}]},\n\n{"a": "é"} , 7, {"a" 1},\n{"a": 3}\n]\n';
const ndjson = '{"a": 1}\r\n\n{"a": "}\\n{"}\n{"a": \n{"a": 4}';

test.each([
  [
    'CSV',
    createCsvReader(','),
    csv,
    [
      { line: 1, cells: ['a', 'b'] },
      { line: 2, cells: ['x, "y"\r\nz', '2'] },
      { line: 5, cells: ['3', ''] },
      { line: 6, reason: 'has text after a closing quote' },
      { line: 7, cells: ['7', 'a "b" c'] },
    ],
  ],
  [
    'JSON',
    readJsonArray,
    json,
    [
      { line: 1, names: ['a', 'b'], cells: [']}"\\', [1, { c: 2 }]] },
      { line: 3, cells: ['é'] },
      { line: 3, reason: 'is not an object', value: '7' },
      { line: 3, reason: expect.stringContaining('is not valid JSON'), value: '{"a" 1}' },
      { line: 4, cells: [3] },
    ],
  ],
  [
    'NDJSON',
    readNdjson,
    ndjson,
    [
      { line: 1, cells: [1] },
      { line: 3, cells: ['}\n{'] },
      { line: 4, reason: expect.stringContaining('is not valid JSON') },
      { line: 5, cells: [4] },
    ],
  ],
])('%s is read alike wherever its pieces are cut', async (_, read, text, expected) => {
  const whole = await readAll(read, pieces(text));
  expect(whole).toMatchObject(expected);
  for (let cut = 0; cut <= text.length; cut += 1) {
    expect(await readAll(read, pieces(text.slice(0, cut), text.slice(cut)))).toEqual(whole);
  }
  expect(await readAll(read, pieces(...text.split('')))).toEqual(whole);
});

test('characters of several bytes survive where the pieces of a file are cut', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'affluent-text-'));
  const blobs = await openDiskBlobStore({ folder, maxBytes: 1e6 });
  for (const start of ['', 'x', 'xx', 'xxx']) {
    const text = start + '€'.repeat(50_000) + '🌊'.repeat(50_000);
    await blobs.write(`text ${start}`, Readable.from([Buffer.from(`\uFEFF${text}`)]));
    const { signal } = new AbortController();
    let read = '';
    for await (const piece of readTextFile({ open: () => blobs.open(`text ${start}`), signal }))
      read += piece;
    expect(read).toBe(text);
  }
  await rm(folder, { recursive: true });
});
