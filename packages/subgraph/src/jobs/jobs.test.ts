import { createTestDatabase } from '@affluent/postgres/testing';
import { createLog } from '@affluent/service';
import { defineEntity, p } from '@mikro-orm/core';
import { MikroORM } from '@mikro-orm/postgresql';
import { PgBoss } from 'pg-boss';
import { afterAll, expect, test } from 'vitest';

import { type Jobs, startJobs } from './jobs.ts';

const databaseUrl = await createTestDatabase();
const log = createLog({ service: 'jobs', level: 'silent' });
const Nothing = defineEntity({ name: 'Nothing', properties: { id: p.uuid().primary() } });
const orm = await MikroORM.init({ clientUrl: databaseUrl, entities: [Nothing] });
afterAll(() => orm.close(true));

const start = (): Promise<Jobs> => startJobs({ databaseUrl, log });

/** Adds a job to a queue in a transaction. */
const enqueue = (
  queue: Awaited<ReturnType<typeof startWords>>,
  word: string,
  id: string = crypto.randomUUID(),
): Promise<void> => orm.em.fork().transactional((em) => queue.add(em, { id, data: { word } }));

const startWords = (jobs: Jobs, name: string, run: (word: string, attempt: number) => void) =>
  jobs.startQueue<{ word: string }>({
    name,
    run: async ({ data, attempt }) => run(data.word, attempt),
    retry: { limit: 3, delaySeconds: 0 },
  });

test('a job runs once its transaction has committed, and never after a rollback', async () => {
  await using jobs = await start();
  const words: string[] = [];
  const queue = await startWords(jobs, 'committed', (word) => words.push(word));
  const rolledBack = orm.em.fork().transactional(async (em) => {
    await queue.add(em, { id: crypto.randomUUID(), data: { word: 'lost' } });
    throw new Error('rolled back');
  });
  await expect(rolledBack).rejects.toThrow('rolled back');
  await enqueue(queue, 'kept');
  await expect.poll(() => words).toEqual(['kept']);
});

test('a job is added once for each id', async () => {
  await using jobs = await start();
  const words: string[] = [];
  const queue = await startWords(jobs, 'once', (word) => words.push(word));
  const id = crypto.randomUUID();
  await enqueue(queue, 'first', id);
  await enqueue(queue, 'second', id);
  await enqueue(queue, 'last');
  await expect.poll(() => words).toEqual(['first', 'last']);
});

test('a job that failed runs again, as the next attempt', async () => {
  await using jobs = await start();
  const attempts: number[] = [];
  const queue = await startWords(jobs, 'retried', (_word, attempt) => {
    attempts.push(attempt);
    if (attempt === 1) throw new Error('not yet');
  });
  await enqueue(queue, 'again');
  await expect.poll(() => attempts).toEqual([1, 2]);
});

test('a job that an interrupted process left behind is resumed at once', async () => {
  const id = crypto.randomUUID();
  {
    await using jobs = await start();
    await jobs.startQueue({ name: 'interrupted', run: async () => {} });
  }
  const killed = new PgBoss({ connectionString: databaseUrl, schema: 'jobs', supervise: false });
  killed.on('error', () => {});
  await killed.start();
  await killed.send('interrupted', null, { id });
  expect(await killed.fetch('interrupted')).toMatchObject([{ id }]);
  await killed.stop({ graceful: false });

  await using jobs = await start();
  const resumed: [string, number][] = [];
  await jobs.startQueue({
    name: 'interrupted',
    interrupted: [id],
    run: async (job) => void resumed.push([job.id, job.attempt]),
  });
  await expect.poll(() => resumed).toEqual([[id, 2]]);
});

test('stopping aborts running jobs, which run again in the next process', async () => {
  const jobs = await start();
  const begun = Promise.withResolvers<void>();
  const queue = await jobs.startQueue<{ word: string }>({
    name: 'stopped',
    retry: { limit: 3, delaySeconds: 0 },
    run: ({ signal }) => {
      begun.resolve();
      return new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason as Error));
      });
    },
  });
  await enqueue(queue, 'unfinished');
  await begun.promise;
  await jobs[Symbol.asyncDispose]();

  await using next = await start();
  const words: string[] = [];
  await startWords(next, 'stopped', (word) => words.push(word));
  await expect.poll(() => words).toEqual(['unfinished']);
});

test('a schedule that runs at the start runs in one process at a time', async () => {
  await using first = await start();
  await using second = await start();
  const { promise: mayEnd, resolve: end } = Promise.withResolvers<void>();
  const runs: string[] = [];
  const schedule = (jobs: Jobs, name: string) =>
    jobs.startSchedule({
      name: 'sweep',
      cron: '0 0 1 1 *',
      runsAtStart: true,
      run: async () => {
        runs.push(name);
        await mayEnd;
      },
    });
  await schedule(first, 'first');
  await expect.poll(() => runs).toEqual(['first']);
  await schedule(second, 'second');
  const states = () =>
    orm.em.execute<{ state: string }[]>(`SELECT state::text FROM jobs.job WHERE name = 'sweep'`);
  expect(await states()).toEqual([{ state: 'active' }]);
  end();
  await expect.poll(states).toEqual([{ state: 'completed' }]);
  expect(runs).toEqual(['first']);
});
