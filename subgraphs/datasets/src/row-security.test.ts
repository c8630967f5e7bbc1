import { createTestDatabase } from '@affluent/postgres/testing';
import { readRowSecurity } from '@affluent/subgraph/testing';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';

import { connect, query } from './database.ts';
import { Dataset } from './datasets/dataset.ts';
import { selectSeriesRows } from './storage/series-rows.ts';
import { startDatasets } from './testing/datasets-server.ts';

// All checks in the code are off: only the database restricts callers.
vi.mock('./workspaces/workspace.policy.ts', () => ({
  canRead: async () => true,
  assertCanRead: async () => {},
  assertCanEdit: async () => {},
}));

// Subscriptions of former members are not ended.
vi.mock('@affluent/subgraph', async (original) => ({
  ...(await original<object>()),
  createMembershipWatch: () => (_identity: unknown, _workspaceId: string, source: unknown) =>
    source,
}));

// The service would log refusals of the database as its own errors.
const server = await startDatasets({ logLevel: 'silent' });
const orm = await connect(server.databaseUrl);
afterAll(async () => {
  await orm.close();
  await server[Symbol.asyncDispose]();
});

let id = '';
let importId = '';
beforeAll(async () => {
  const outcome = await server.importFile({ content: 'day,n\n2024-01-01,1\n2024-01-02,2\n' });
  id = outcome.dataset.id;
  importId = outcome.id;
});

const READ = `query ($id: ID!, $importId: ID!, $w: ID!, $of: [_Any!]!) {
  dataset(id: $id) { name rowCount columns { name } imports { id } dataPoints { nodes { values } }
    series(input: { x: "day", y: "n" }) { points { y } } }
  import(id: $importId) { id rejects { totalCount } }
  datasets(workspaceId: $w) { totalCount nodes { name } }
  _entities(representations: $of) { __typename } }`;
const variables = () => ({
  id,
  importId,
  w: server.workspaceId,
  of: [
    { __typename: 'Dataset', id },
    { __typename: 'Import', id: importId },
  ],
});
const APPEND = `mutation ($id: ID!) {
  appendDataPoints(input: { datasetId: $id, points: [{ n: 2 }] }) { appended } }`;
const CANCEL = 'mutation ($importId: ID!) { cancelImport(id: $importId) { import { id } } }';

test('without any check in the code, rows of another workspace still do not come back', async () => {
  const { data } = await server.run(READ, { as: server.stranger, ...variables() });
  expect(data).toEqual({
    dataset: null,
    import: null,
    datasets: { totalCount: 0, nodes: [] },
    _entities: [null, null],
  });
  const { data: seen } = await server.run(READ, { as: server.viewer, ...variables() });
  expect(seen).toMatchObject({ dataset: { rowCount: 2 }, import: { id: importId } });
});

test('only editors change or add rows, without any check in the code', async () => {
  for (const as of [server.stranger, server.viewer]) {
    for (const mutation of [APPEND, CANCEL]) {
      const { errors } = await server.run(mutation, { as, id, importId });
      expect(errors).toHaveLength(1);
    }
    const { errors } = await server.upload({ content: 'a\n1\n', as });
    expect(errors).toHaveLength(1);
  }
  const { data } = await server.run(READ, variables());
  expect(data).toMatchObject({ dataset: { rowCount: 2 }, datasets: { totalCount: 1 } });
  expect((await server.run(APPEND, { id })).data).toEqual({ appendDataPoints: { appended: 1 } });
});

test('an open subscription follows changes of memberships', async () => {
  const guest = crypto.randomUUID();
  server.join(guest);
  const APPENDS = `subscription ($id: ID!, $after: String) {
    dataPointsAppended(datasetId: $id, after: $after) { cursor } }`;
  interface Appended {
    readonly dataPointsAppended: { readonly cursor: string };
  }
  const append = async () => {
    const { data } = await server.run(
      'mutation ($id: ID!) { appendDataPoints(input: { datasetId: $id, points: [{ n: 3 }] }) { cursor } }',
      { id },
    );
    return data!.appendDataPoints as Appended['dataPointsAppended'];
  };
  const { cursor: after } = await append();
  const [guests, owners] = [guest, undefined].map((as) =>
    server.subscribe<Appended>(APPENDS, { id, after }, as),
  );
  const heard: (string | undefined)[] = [];
  const listen = async () => heard.push((await guests!.next()).value?.dataPointsAppended.cursor);
  const first = await append();
  await listen();
  await owners!.next();
  expect(heard).toEqual([first.cursor]);

  server.leave(guest);
  // Memberships are cached for a second.
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 2_000 });
  const next = listen();
  const missed = [];
  for (let n = 0; n < 3; n++) {
    missed.push((await append()).cursor);
    await owners!.next();
  }
  expect(heard).toEqual([first.cursor]);
  server.join(guest);
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 2_000 });
  await append();
  await next;
  expect(heard).toEqual([first.cursor, missed[0]]);
  vi.useRealTimers();
  await guests!.return();
  await owners!.return();
});

test('a session variable that is unset, empty or malformed shows no rows', async () => {
  const select = async (list: string | undefined) => {
    const variables = list === undefined ? {} : { 'affluent.readable_workspaces': list };
    const em = orm.em.fork({ session: { role: 'affluent_request', variables } });
    return em.execute<unknown[]>('SELECT id FROM dataset');
  };
  expect(await select(`{${server.workspaceId}}`)).toEqual([{ id }]);
  for (const list of [undefined, '', '{}', `{${crypto.randomUUID()}}`])
    expect(await select(list)).toEqual([]);
  await expect(select('no list')).rejects.toThrow('malformed');
});

test('a range of the time column uses its index despite the policies', async () => {
  const { dataset } = await server.importFile({ content: 'day,n\n2024-01-01,1\n2024-01-02,2\n' });
  const em = orm.em.fork({
    session: {
      role: 'affluent_request',
      variables: { 'affluent.readable_workspaces': `{${server.workspaceId}}` },
    },
  });
  const plan = await em.transactional(async (tx) => {
    const found = await tx.findOneOrFail(Dataset, dataset.id, { populate: ['columns'] });
    const table = { tableName: found.tableName!, columns: found.columns.getItems() };
    const rows = selectSeriesRows(table, { x: 0, y: 1, group: null });
    await tx.execute('SET LOCAL enable_seqscan = off');
    const range = [new Date('2024-01-01'), new Date('2024-01-02')];
    return query<{ 'QUERY PLAN': string }>(tx, `EXPLAIN ${rows}`, range);
  });
  expect(plan.map((line) => line['QUERY PLAN']).join('\n')).toMatch(/Index Cond: .*c0 >= /);
});

test('every table is secured, and requests have the rights that they need', async () => {
  const security = await readRowSecurity(orm.em.fork());
  expect(security).toEqual({
    unsecured: [],
    rights: [
      'data.*: INSERT, SELECT',
      'dataset: INSERT, SELECT, UPDATE',
      'dataset_change: INSERT, SELECT',
      'dataset_column: SELECT, UPDATE',
      'import: INSERT, SELECT, UPDATE',
      'reject: SELECT',
    ],
    role: { superuser: false, bypass: false, login: false },
  });
});

test('a database whose user cannot act as the role of requests is refused, with the statement that grants it', async () => {
  const databaseUrl = await createTestDatabase();
  const user = new URL(databaseUrl).username;
  const admin = new Client({ connectionString: inject('postgresUrl') });
  await admin.connect();
  await admin.query(`REVOKE affluent_request FROM ${user}`);
  const help = `GRANT affluent_request TO "${user}";`;
  await expect(connect(databaseUrl)).rejects.toThrow(help);
  await admin.query(help);
  await admin.end();
  await (await connect(databaseUrl)).close();
});
