import {
  appendFile,
  mkdir,
  mkdtemp,
  rename,
  rm,
  symlink,
  unlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { watchFile } from './watch-file.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'affluent-watch-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Watches a file whose content is "one". */
function watch(path: string) {
  const seen: string[] = [];
  const errors: unknown[] = [];
  const watching = watchFile(path, {
    content: 'one',
    onChange: async (content) => {
      if (content === 'bad') throw new Error('refused');
      seen.push(content);
    },
    onError: (error) => errors.push(error),
    everyMilliseconds: 10,
  });
  return { seen, errors, [Symbol.asyncDispose]: () => watching[Symbol.asyncDispose]() };
}

test('a file that is written or replaced is reported once', async () => {
  const path = join(folder, 'file');
  await writeFile(path, 'one');
  await using watching = watch(path);
  await writeFile(path, 'two');
  await expect.poll(() => watching.seen).toEqual(['two']);
  await writeFile(join(folder, 'next'), 'three');
  await rename(join(folder, 'next'), path);
  await expect.poll(() => watching.seen).toEqual(['two', 'three']);
});

test('a link on the way that leads elsewhere is a change, as Kubernetes swaps the files of a ConfigMap', async () => {
  for (const [version, content] of [
    ['v1', 'one'],
    ['v2', 'two'],
  ] as const) {
    await mkdir(join(folder, version));
    await writeFile(join(folder, version, 'file'), content);
  }
  await symlink('v1', join(folder, '..data'));
  await symlink('..data/file', join(folder, 'file'));
  await using watching = watch(join(folder, 'file'));
  await symlink('v2', join(folder, '..data_tmp'));
  await rename(join(folder, '..data_tmp'), join(folder, '..data'));
  await expect.poll(() => watching.seen).toEqual(['two']);
});

test('a file that is being written is not read until it is whole', async () => {
  const path = join(folder, 'file');
  await writeFile(path, 'one');
  await using watching = watch(path);
  for (let part = 0; part < 40; part++) await appendFile(path, `${part} `);
  await expect.poll(() => watching.seen.at(-1)).toMatch(/ 39 $/);
});

test('a failure is reported, and the next change is read again', async () => {
  const path = join(folder, 'file');
  await writeFile(path, 'one');
  await using watching = watch(path);
  await writeFile(path, 'bad');
  await expect.poll(() => watching.errors).toEqual([new Error('refused')]);
  await unlink(path);
  await expect.poll(() => watching.errors).toHaveLength(2);
  expect(watching.errors[1]).toMatchObject({ code: 'ENOENT' });
  await writeFile(path, 'two');
  await expect.poll(() => watching.seen).toEqual(['two']);
});
