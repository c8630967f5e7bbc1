import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { startDatasets } from '../testing/datasets-server.ts';

const server = await startDatasets();
afterAll(() => server[Symbol.asyncDispose]());

let id = '';
let importId = '';
beforeAll(async () => {
  const outcome = await server.importFile({ content: 'day,n\n2024-01-01,1\n' });
  id = outcome.dataset.id;
  importId = outcome.id;
});

const READ = `query ($id: ID!, $importId: ID!, $of: [_Any!]!) {
  dataset(id: $id) { rowCount } import(id: $importId) { status } _entities(representations: $of) { __typename } }`;
const APPEND = `mutation ($id: ID!) {
  appendDataPoints(input: { datasetId: $id, points: [{ n: 2 }] }) { cursor } }`;
const CANCEL = 'mutation ($importId: ID!) { cancelImport(id: $importId) { import { id } } }';

const references = () => [
  { __typename: 'Dataset', id },
  { __typename: 'Import', id: importId },
];

test('a viewer reads, and may change nothing', async () => {
  const as = server.viewer;
  const { data } = await server.run(READ, { as, id, importId, of: references() });
  expect(data).toEqual({
    dataset: { rowCount: 1 },
    import: { status: 'SUCCEEDED' },
    _entities: [{ __typename: 'Dataset' }, { __typename: 'Import' }],
  });
  for (const mutation of [APPEND, CANCEL]) {
    const { errors } = await server.run(mutation, { as, id, importId });
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  }
  const { errors } = await server.upload({ content: 'a\n1\n', as });
  expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
});

test('to a member of another workspace, existing objects look like missing ones', async () => {
  const as = server.stranger;
  for (const of of [
    references(),
    [
      { __typename: 'Dataset', id: 'no-uuid' },
      { __typename: 'Import', id: '' },
    ],
  ]) {
    const [dataset, imported] = of;
    const { data } = await server.run(READ, { as, id: dataset!.id, importId: imported!.id, of });
    expect(data).toEqual({ dataset: null, import: null, _entities: [null, null] });
  }
  const refusals = [
    await server.run(APPEND, { as, id }),
    await server.run(CANCEL, { as, importId }),
    await server.run('query ($w: ID!) { datasets(workspaceId: $w) { totalCount } }', {
      as,
      w: server.workspaceId,
    }),
    await server.upload({ content: 'a\n1\n', as }),
  ];
  for (const { errors } of refusals)
    expect(errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }]);
  const watched = [
    server.subscribe(
      'subscription ($id: ID!) { dataPointsAppended(datasetId: $id) { count } }',
      { id },
      as,
    ),
    server.subscribe(
      'subscription ($id: ID!) { importProgressed(importId: $id) { id } }',
      { id: importId },
      as,
    ),
  ];
  for (const events of watched) await expect(events.next()).rejects.toThrow('There is no such');
});

test('datasets are listed newest first, page by page, and searched by a part of their name', async () => {
  for (const name of ['Rain 100%', 'rain_2', 'Sun']) {
    await server.importFile({ content: 'a\n1\n', input: { name } });
  }
  const LIST = `query ($w: ID!, $first: Int, $after: String, $search: String) {
    datasets(workspaceId: $w, first: $first, after: $after, search: $search) {
      totalCount nodes { name workspace { id } } pageInfo { hasNextPage endCursor } } }`;
  interface List {
    readonly datasets: {
      readonly totalCount: number;
      readonly nodes: readonly { readonly name: string }[];
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
    };
  }
  const w = server.workspaceId;
  const { datasets: first } = await server.ask<List>(LIST, { w, first: 3 });
  expect(first.nodes.map(({ name }) => name)).toEqual(['Sun', 'rain_2', 'Rain 100%']);
  expect(first).toMatchObject({ totalCount: 4, pageInfo: { hasNextPage: true } });
  const after = first.pageInfo.endCursor;
  const { datasets: second } = await server.ask<List>(LIST, { w, first: 3, after });
  expect(second.nodes.map(({ name }) => name)).toEqual(['data.csv']);
  const found = async (search: string) =>
    (await server.ask<List>(LIST, { w, search })).datasets.nodes.map(({ name }) => name);
  expect(await found('RAIN')).toEqual(['rain_2', 'Rain 100%']);
  expect(await found('0%')).toEqual(['Rain 100%']);
  expect(await found('n_')).toEqual(['rain_2']);
});

describe.each([
  ['the membership is gone', 'leave', 'FORBIDDEN'],
  ['the token is ended', 'endTokens', 'UNAUTHENTICATED'],
] as const)('when %s', (_, end, code) => {
  test('an open subscription ends, and the dataset is not found any more', async () => {
    const as = crypto.randomUUID();
    server.join(as);
    const append = async () =>
      (await server.ask<{ appendDataPoints: { cursor: string } }>(APPEND, { id })).appendDataPoints;
    const { cursor: after } = await append();
    const live = server.subscribe(
      'subscription ($id: ID!, $after: String) { dataPointsAppended(datasetId: $id, after: $after) { cursor } }',
      { id, after },
      as,
    );
    const dataPointsAppended = await append();
    expect((await live.next()).value).toEqual({ dataPointsAppended });
    const next = live.next();
    server[end](as);
    await expect(next).rejects.toMatchObject([{ extensions: { code } }]);
    const { data } = await server.run('query ($id: ID!) { dataset(id: $id) { id } }', { as, id });
    expect(data?.dataset ?? null).toBeNull();
  });
});

test('a new member has access at once', async () => {
  const as = crypto.randomUUID();
  const list = 'query ($w: ID!) { datasets(workspaceId: $w) { totalCount } }';
  const w = server.workspaceId;
  expect((await server.run(list, { as, w })).errors).toHaveLength(1);
  server.join(as);
  expect((await server.run(list, { as, w })).data).toMatchObject({
    datasets: { totalCount: expect.any(Number) },
  });
});

test('a lost role takes effect at once, also for a token that has just been used', async () => {
  const { dataset } = await server.importFile({ content: 'at,n\n2024-01-01T00:00:00Z,1\n' });
  const editor = crypto.randomUUID();
  const token = await server.tokenFor(editor);
  const input = { datasetId: dataset.id, points: [{ n: 2 }] };
  const append = `mutation ($input: AppendDataPointsInput!) { appendDataPoints(input: $input) { appended } }`;
  const write = async () =>
    (await server.run(append, { token, input })).errors?.[0]?.extensions?.code ?? 'written';
  for (let round = 0; round < 5; round++) {
    server.join(editor, 'EDITOR');
    expect(await write()).toBe('written');
    server.join(editor, 'VIEWER');
    expect(await write()).toBe('FORBIDDEN');
  }
  server.join(editor, 'EDITOR');
  expect(await write()).toBe('written');
  server.leave(editor);
  expect(await write()).toBe('NOT_FOUND');
});
