import { afterAll, expect, test } from 'vitest';

import { connect } from './database.ts';
import { startInsights } from './testing/insights-server.ts';

const server = await startInsights();
const orm = await connect(server.databaseUrl);
afterAll(async () => {
  await orm.close();
  await server[Symbol.asyncDispose]();
});

test('the database gives up what the caller does not wait for, and goes on for the next', async () => {
  const viewer = server.makeMember('VIEWER');
  const query = '{ chart(id: "00000000-0000-4000-8000-000000000000") { id } }';
  await orm.em.fork().transactional(async (em) => {
    await em.execute('LOCK TABLE charts IN ACCESS EXCLUSIVE MODE');
    const { data, errors } = await server.as(viewer, query, {}, { timeoutMilliseconds: 200 });
    expect(data).toEqual({ chart: null });
    expect(errors?.[0]).toMatchObject({
      message: 'The operation took longer than its time limit. Request less data.',
      extensions: { code: 'DEADLINE_EXCEEDED' },
    });
  });
  expect((await server.as(viewer, query)).errors).toBeUndefined();
});
