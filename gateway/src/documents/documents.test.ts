import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createLog } from '@affluent/service';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { createDocuments } from './documents.ts';
import { hashOf, openTrustedDocuments } from './trusted-documents.ts';

const OURS = '{ viewer { id } }';
const THEIRS = '{ viewer { displayName } }';
const trusted = () => new Map([[hashOf(OURS), OURS]]);
const all = createDocuments({ trusted, onlyTrusted: false });
const only = createDocuments({ trusted, onlyTrusted: true });

const byApollo = (text: string) => ({
  extensions: { persistedQuery: { version: 1, sha256Hash: hashOf(text) } },
});
const byId = (text: string) => ({ documentId: `sha256:${hashOf(text)}` });
const refusal = (code: string, status: number) =>
  expect.objectContaining({ extensions: { code, http: { status } } });

test.each([
  ['as Apollo does', byApollo],
  ['as GraphQL over HTTP does', byId],
])('a trusted document is found by its hash, named %s', (_way, named) => {
  expect(all.textOf(named(OURS))).toBe(OURS);
  expect(only.textOf({ ...named(OURS), query: '' })).toBe(OURS);
  expect(only.textOf({ ...named(OURS), query: OURS })).toBe(OURS);
});

test.each([
  ['as Apollo does', byApollo],
  ['as GraphQL over HTTP does', byId],
])('another is found once its text came along, named %s', (_way, named) => {
  const text = `${THEIRS} # ${_way}`;
  expect(() => all.textOf(named(text))).toThrow(refusal('PERSISTED_QUERY_NOT_FOUND', 200));
  expect(all.textOf({ ...named(text), query: text })).toBe(text);
  expect(all.textOf(named(text))).toBe(text);
});

test('where only trusted documents run, any other is refused, text or hash', () => {
  expect(only.textOf({ query: OURS })).toBe(OURS);
  for (const request of [
    { query: THEIRS },
    byApollo(THEIRS),
    byId(THEIRS),
    { ...byId(OURS), query: THEIRS },
    { ...byApollo(THEIRS), query: THEIRS },
  ])
    expect(() => only.textOf(request)).toThrow(refusal('PERSISTED_QUERY_NOT_ALLOWED', 403));
});

test('nobody puts a text under the hash of another', () => {
  for (const named of [byApollo, byId]) {
    expect(() => all.textOf({ ...named(OURS), query: THEIRS })).toThrow(
      refusal('BAD_REQUEST', 400),
    );
  }
  expect(all.textOf(byId(OURS))).toBe(OURS);
});

test.each([
  { documentId: 'sha256:abc' },
  { documentId: 7 },
  { extensions: { persistedQuery: { version: 2, sha256Hash: hashOf(OURS) } } },
  { extensions: { persistedQuery: true } },
])('what cannot be read is the mistake of the client: %j', (request) => {
  expect(() => all.textOf(request)).toThrow(refusal('BAD_REQUEST', 400));
});

test('a request that names no document is left to its transport', () => {
  for (const request of [{}, { query: 7 }, { extensions: 'x' }, { query: '' }])
    expect(all.textOf(request)).toBeUndefined();
});

test('kept texts go when there are too many of them', () => {
  const text = (index: number) => `{ viewer { id } } # ${index}${' '.repeat(60_000)}`;
  for (let index = 0; index < 100; index++)
    all.textOf({ ...byId(text(index)), query: text(index) });
  expect(() => all.textOf(byId(text(0)))).toThrow(refusal('PERSISTED_QUERY_NOT_FOUND', 200));
  expect(all.textOf(byId(text(99)))).toBe(text(99));
});

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'affluent-documents-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('manifests are read, and again when they change; one with a wrong hash is not', async () => {
  const paths = [join(folder, 'now.json'), join(folder, 'released.json')];
  const [now = '', released = ''] = paths;
  const write = (path: string, texts: Readonly<Record<string, string>>) =>
    writeFile(path, JSON.stringify(texts));
  await write(now, { [`sha256:${hashOf(OURS)}`]: OURS });
  await write(released, {});
  const log = createLog({ service: 'test', level: 'silent' });
  await using store = await openTrustedDocuments(log, paths);
  expect([...store.current().values()]).toEqual([OURS]);
  await write(released, { [`sha256:${hashOf(THEIRS)}`]: THEIRS });
  await expect.poll(() => [...store.current().values()]).toEqual([OURS, THEIRS]);
  await write(now, { [`sha256:${hashOf(OURS)}`]: THEIRS });
  await expect(openTrustedDocuments(log, paths)).rejects.toThrow('is not the hash of');
  expect(store.current().get(hashOf(OURS))).toBe(OURS);
});
