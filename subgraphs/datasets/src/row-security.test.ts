import { readRowSecurity } from '@affluent/subgraph/testing';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';

import { connect } from './database.ts';
import { startDatasets } from './testing/datasets-server.ts';

// Every check in the code lets everybody do everything here: what is still kept from them, the database keeps.
vi.mock('./workspaces/workspace.policy.ts', () => ({
  canRead: async () => true,
  assertCanRead: async () => {},
  assertCanEdit: async () => {},
}));

// What the database refuses is a failure of ours to the service, and would be logged as one.
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

test('nor can anybody but an editor change or add any', async () => {
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

test('of a variable that is not set, empty or malformed nothing is seen', async () => {
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

test('every table is secured, and requests have the rights that they need', async () => {
  const security = await readRowSecurity(orm.em.fork(), ['public', 'data']);
  expect(security).toEqual({
    unsecured: [],
    rights: [
      'append: INSERT, SELECT',
      'dataset: INSERT, SELECT, UPDATE',
      'dataset_column: SELECT, UPDATE',
      'import: INSERT, SELECT, UPDATE',
      'reject: SELECT',
    ],
    role: { superuser: false, bypass: false, login: false },
  });
});
