import { afterAll, expect, test, vi } from 'vitest';

import { connect } from './database.ts';
import { startInsights } from './testing/insights-server.ts';

const server = await startInsights();
const orm = await connect(server.databaseUrl);
const printed = vi.spyOn(console, 'error');
afterAll(async () => {
  await orm.close();
  await server[Symbol.asyncDispose]();
});

/** How many statements of requests wait for the test's lock. */
async function waiting(): Promise<number> {
  const [found] = await orm.em.fork().execute<{ count: number }[]>(
    `SELECT count(*)::int AS count FROM pg_stat_activity
     WHERE datname = current_database() AND wait_event_type = 'Lock'`,
  );
  return found?.count ?? 0;
}

/** Runs an operation while the charts are locked, and has its client leave once its statements wait. */
async function leaveWhileWaiting(count: number, run: (signal: AbortSignal) => Promise<unknown>) {
  const client = new AbortController();
  const answers = Array.from({ length: count }, () => run(client.signal));
  await expect.poll(waiting).toBeGreaterThan(0);
  client.abort();
  await Promise.allSettled(answers);
}

const locked = <T>(work: () => Promise<T>): Promise<T> =>
  orm.em.fork().transactional(async (em) => {
    await em.execute('LOCK TABLE charts IN ACCESS EXCLUSIVE MODE');
    return work();
  });

test('a query ends in the database when its client leaves; statements that wait for a connection do not begin', async () => {
  const viewer = server.makeMember('VIEWER');
  const query = '{ chart(id: "00000000-0000-4000-8000-000000000000") { id } }';
  await locked(async () => {
    await leaveWhileWaiting(30, (signal) => server.as(viewer, query, {}, { signal }));
    // The lock is still held: only the cancellation can end them.
    await expect.poll(waiting).toBe(0);
  });
  expect((await server.as(viewer, query)).errors).toBeUndefined();
  expect(printed).not.toHaveBeenCalled();
});

test('a mutation that has begun goes to its end', async () => {
  const editor = server.makeMember('EDITOR');
  const { datasetId } = server;
  const mutation = `mutation ($input: CreateChartInput!) { createChart(input: $input) { chart { id } } }`;
  const input = { datasetId, title: 'Left alone', spec: { x: 'time', y: 'load' } };
  await locked(() =>
    leaveWhileWaiting(1, (signal) => server.as(editor, mutation, { input }, { signal })),
  );
  const titles = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Dataset { charts { title } } } }`;
  const of = [{ __typename: 'Dataset', id: datasetId }];
  await expect
    .poll(async () => (await server.as(editor, titles, { of })).data)
    .toEqual({ _entities: [{ charts: [{ title: 'Left alone' }] }] });
});
