import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { createTestDatabase } from '@affluent/postgres/testing';
import { createLog } from '@affluent/service';
import { runOperation, startUsersNeighbour } from '@affluent/subgraph/testing';
import { afterAll, expect, test } from 'vitest';

import { readConfig } from '../config.ts';
import { startServer } from '../server.ts';

const publicUrl = 'http://affluent.example';
const workspaceId = crypto.randomUUID();
const datasetId = crypto.randomUUID();
const users = await startUsersNeighbour(publicUrl);

/** What the insights subgraph sees of the datasets subgraph: one dataset, for members of its workspace. */
const members = new Set<string>();
const datasets = createServer((req, res) => {
  const [, payload = ''] = (req.headers.authorization ?? '').split('.');
  const { sub } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { sub: string };
  let body = '';
  req.on('data', (chunk) => (body += chunk));
  req.on('end', () => {
    const { variables } = JSON.parse(body) as { variables: { id: string } };
    const isSeen = variables.id === datasetId && members.has(sub);
    const dataset = isSeen
      ? { workspace: { id: workspaceId }, columns: [{ name: 'time' }, { name: 'load' }] }
      : null;
    res.end(JSON.stringify({ data: { dataset } }));
  });
});
await new Promise<void>((resolve) => {
  datasets.listen(0, '127.0.0.1', resolve);
});
const server = await startServer(
  readConfig({
    PORT: '0',
    PUBLIC_URL: publicUrl,
    DATABASE_URL: await createTestDatabase(),
    USERS_URL: users.url,
    DATASETS_URL: `http://127.0.0.1:${(datasets.address() as AddressInfo).port}`,
  }),
  createLog({ service: 'insights', level: 'silent' }),
);
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await users[Symbol.asyncDispose]();
  datasets.close();
});

const CREATE = `mutation ($input: CreateChartInput!) {
  createChart(input: $input) { chart { id title type dataset { id } spec { x y measure groupBy } } }
}`;
const input = { datasetId, title: 'Load', spec: { x: 'time', y: 'load' } };

async function as(userId: string, query: string, variables: Record<string, unknown> = {}) {
  return runOperation({ url: server.url, token: await users.tokenFor(userId), query, variables });
}

function makeMember(role: 'EDITOR' | 'VIEWER'): string {
  const userId = crypto.randomUUID();
  users.join(userId, workspaceId, role);
  members.add(userId);
  return userId;
}
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
  ['an unknown column', editor, { ...input, spec: { x: 'time', y: 'nothing' } }, 'BAD_USER_INPUT'],
])('%s makes no chart', async (_case, userId, wrong, code) => {
  const { errors } = await as(userId, CREATE, { input: wrong });
  expect(errors?.[0]?.extensions.code).toBe(code);
});
