import { afterAll, expect, test } from 'vitest';

import { startInsights } from '../testing/insights-server.ts';

const server = await startInsights();
afterAll(() => server[Symbol.asyncDispose]());
const { as, makeMember, datasetId } = server;

const CREATE = `mutation ($input: CreateChartInput!) {
  createChart(input: $input) { chart { id title type dataset { id } spec { x y measure groupBy } } }
}`;
const input = { datasetId, title: 'Load', spec: { x: 'time', y: 'load' } };

const editor = makeMember('EDITOR');
const viewer = makeMember('VIEWER');
const stranger = crypto.randomUUID();

test('a chart is saved by an editor, seen by the workspace, and exists for nobody else', async () => {
  const { data } = await as(editor, CREATE, { input });
  const { chart } = data!.createChart as { chart: { id: string } };
  expect(chart).toEqual({
    id: expect.any(String),
    title: 'Load',
    type: 'LINE',
    dataset: { id: datasetId },
    spec: { x: 'time', y: 'load', measure: 'AVG', groupBy: null },
  });
  const find = 'query ($id: ID!) { chart(id: $id) { title } }';
  expect((await as(viewer, find, { id: chart.id })).data).toEqual({ chart: { title: 'Load' } });
  expect((await as(stranger, find, { id: chart.id })).data).toEqual({ chart: null });
  expect((await as(viewer, find, { id: 'no-such-id' })).data).toEqual({ chart: null });

  const entities =
    'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Dataset { charts { title } } } }';
  const r = [{ __typename: 'Dataset', id: datasetId }];
  expect((await as(viewer, entities, { r })).data).toEqual({
    _entities: [{ charts: [{ title: 'Load' }] }],
  });
  expect((await as(stranger, entities, { r })).data).toEqual({ _entities: [{ charts: [] }] });
});

test.each([
  ['a viewer', viewer, input, 'FORBIDDEN'],
  ['a stranger', stranger, input, 'NOT_FOUND'],
  [
    'a dataset that is not there',
    editor,
    { ...input, datasetId: crypto.randomUUID() },
    'NOT_FOUND',
  ],
  ['an empty title', editor, { ...input, title: '' }, 'BAD_USER_INPUT'],
  ['a title that turns text around', editor, { ...input, title: 'Lo\u202Ead' }, 'BAD_USER_INPUT'],
  ['an unknown column', editor, { ...input, spec: { x: 'time', y: 'nothing' } }, 'BAD_USER_INPUT'],
])('%s makes no chart', async (_case, userId, wrong, code) => {
  const { errors } = await as(userId, CREATE, { input: wrong });
  expect(errors?.[0]?.extensions.code).toBe(code);
});
