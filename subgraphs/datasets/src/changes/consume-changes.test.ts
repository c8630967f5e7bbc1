import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

import { createTestDatabase } from '@affluent/postgres/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { connect, query, runIn } from '../database.ts';
import { Dataset } from '../datasets/dataset.ts';
import { startCountingConsumer } from '../testing/counting-consumer.ts';
import type { Change } from './change.ts';
import { recordChange } from './record-change.ts';

const databaseUrl = await createTestDatabase();
const orm = await connect(databaseUrl);
afterAll(() => orm.close(true));
beforeAll(() =>
  query(
    orm.em.fork(),
    'CREATE TABLE handled (consumer text, dataset_id uuid, sequence int, pid int)',
  ),
);

/** A published dataset, of which only the log matters here. */
async function newDataset(): Promise<string> {
  const em = orm.em.fork();
  const dataset = em.create(Dataset, { workspaceId: 'w', name: 'Logged' });
  await em.flush();
  await change(dataset.id, 'CREATE');
  return dataset.id;
}

const change = (datasetId: string, kind: 'CREATE' | 'APPEND' = 'APPEND'): Promise<number> =>
  orm.em.fork().transactional((em) =>
    recordChange(runIn(em), {
      datasetId,
      kind,
      tableName: 't',
      firstRowId: 1,
      lastRowId: 1,
      idempotencyKey: null,
    }),
  );

async function changeTimes(datasetId: string, times: number): Promise<void> {
  for (let n = 0; n < times; n++) await change(datasetId);
}

/** The sequence numbers that a consumer has handled, in the order in which it did. */
const handledBy = async (name: string, datasetId: string): Promise<number[]> => {
  const rows = await query<{ sequence: number }>(
    orm.em.fork(),
    'SELECT sequence FROM handled WHERE consumer = $1 AND dataset_id = $2 ORDER BY ctid',
    [name, datasetId],
  );
  return rows.map(({ sequence }) => sequence);
};

const upTo = (last: number): number[] => Array.from({ length: last + 1 }, (_, n) => n);

/** Starts a consumer in a process of its own, and waits until it runs; disposing kills it. */
async function startProcess(name: string, fatal: readonly [datasetId: string, sequence: number]) {
  const script = fileURLToPath(new URL('../testing/counting-process.ts', import.meta.url));
  const args = [
    '--conditions=source',
    '--import',
    'tsx',
    script,
    databaseUrl,
    name,
    ...fatal.map(String),
  ];
  const child = spawn(process.execPath, args, {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const exited = once(child, 'exit');
  await Promise.race([once(child, 'message'), exited]);
  return {
    exited,
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

test('a consumer catches up with what it missed, then follows; another has a cursor of its own', async () => {
  const id = await newDataset();
  await changeTimes(id, 150);
  {
    await using _first = await startCountingConsumer({ databaseUrl, name: 'first' });
    await expect.poll(() => handledBy('first', id)).toEqual(upTo(150));
    await changeTimes(id, 2);
    await expect.poll(() => handledBy('first', id)).toEqual(upTo(152));
  }
  await changeTimes(id, 3);
  await using _second = await startCountingConsumer({ databaseUrl, name: 'second' });
  await expect.poll(() => handledBy('second', id)).toEqual(upTo(155));
  expect(await handledBy('first', id)).toEqual(upTo(152));
  await using _first = await startCountingConsumer({ databaseUrl, name: 'first' });
  await expect.poll(() => handledBy('first', id)).toEqual(upTo(155));
});

test('a change is handled exactly once although its handler throws, or its connection is lost before the commit', async () => {
  const id = await newDataset();
  const failures = [
    () => {
      throw new Error('The handler fails.');
    },
    () =>
      query(
        orm.em.fork(),
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = current_database() AND state = 'idle in transaction'`,
      ),
  ];
  const beforeCommit = async (changes: readonly Change[]): Promise<void> => {
    if (changes[0]?.datasetId === id) await failures.shift()?.();
  };
  await using _consumer = await startCountingConsumer({
    databaseUrl,
    name: 'failing',
    beforeCommit,
  });
  await expect.poll(() => handledBy('failing', id)).toEqual([0]);
  await change(id);
  await expect.poll(() => handledBy('failing', id)).toEqual([0, 1]);
  expect(failures).toEqual([]);
});

// Starting a process takes long on a busy machine.
test(
  'two processes share the datasets; what one dies over is handled by the other, once',
  { timeout: 180_000 },
  async () => {
    const ids = await Promise.all(Array.from({ length: 8 }, newDataset));
    const fatal = await newDataset();
    await using child = await startProcess('shared', [fatal, 1]);
    {
      await using _here = await startCountingConsumer({ databaseUrl, name: 'shared' });
      const processes = () =>
        query(orm.em.fork(), `SELECT DISTINCT pid FROM handled WHERE consumer = 'shared'`);
      const handled = () => Promise.all(ids.map((id) => handledBy('shared', id)));
      let last = 0;
      for (; (await processes()).length < 2; last++) await Promise.all(ids.map((id) => change(id)));
      await expect.poll(handled).toEqual(ids.map(() => upTo(last)));
    }
    await change(fatal);
    expect(await child.exited).toEqual([null, 'SIGKILL']);
    expect(await handledBy('shared', fatal)).toEqual([0]);
    await using _heir = await startCountingConsumer({ databaseUrl, name: 'shared' });
    await expect.poll(() => handledBy('shared', fatal)).toEqual([0, 1]);
  },
);
