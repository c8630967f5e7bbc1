import { readRowSecurity } from '@affluent/subgraph/testing';
import { afterAll, expect, test, vi } from 'vitest';

import { Chart } from './charts/chart.ts';
import type { Context } from './context.ts';
import { connect } from './database.ts';
import { startInsights } from './testing/insights-server.ts';

// Every check in the code lets everybody do everything here: what is still kept from them, the database keeps.
vi.mock('./charts/chart.policy.ts', () => ({
  findReadableChart: (id: string, { em }: Context) => em.findOne(Chart, { id }),
  findReadableCharts: (ids: string[], { em }: Context) =>
    em.find(Chart, { datasetId: { $in: ids } }),
}));
vi.mock('@affluent/subgraph', async (original) => ({
  ...(await original<object>()),
  canEdit: () => true,
}));

const server = await startInsights();
const orm = await connect(server.databaseUrl);
afterAll(async () => {
  await orm.close();
  await server[Symbol.asyncDispose]();
});
const { as, datasetId } = server;
const [editor, viewer, stranger] = [
  server.makeMember('EDITOR'),
  server.makeMember('VIEWER'),
  crypto.randomUUID(),
];
server.letSee(stranger);

const CREATE = `mutation ($input: CreateChartInput!) { createChart(input: $input) { chart { id } } }`;
const input = { datasetId, title: 'Load', spec: { x: 'time', y: 'load' } };
const READ = `query ($id: ID!, $r: [_Any!]!) {
  chart(id: $id) { title }
  _entities(representations: $r) { ... on Dataset { charts { title } } ... on Chart { title } } }`;

test('without any check in the code, charts of another workspace are neither seen nor made', async () => {
  const { data } = await as(editor, CREATE, { input });
  const { id } = (data!.createChart as { chart: { id: string } }).chart;
  const r = [
    { __typename: 'Dataset', id: datasetId },
    { __typename: 'Chart', id },
  ];
  expect((await as(viewer, READ, { id, r })).data).toEqual({
    chart: { title: 'Load' },
    _entities: [{ charts: [{ title: 'Load' }] }, { title: 'Load' }],
  });
  expect((await as(stranger, READ, { id, r })).data).toEqual({
    chart: null,
    _entities: [{ charts: [] }, null],
  });
  for (const userId of [viewer, stranger])
    expect((await as(userId, CREATE, { input })).errors).toHaveLength(1);
  expect(await orm.em.fork().count(Chart)).toBe(1);
});

test('every table is secured, and requests have the rights that they need', async () => {
  expect(await readRowSecurity(orm.em.fork())).toEqual({
    unsecured: [],
    rights: ['charts: INSERT, SELECT'],
    role: { superuser: false, bypass: false, login: false },
  });
});
