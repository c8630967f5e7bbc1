import { type Sandbox, startSandbox } from '@affluent/sandbox';
import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';

import { ENDINGS } from './endings.ts';
import { createScene } from './scene.ts';

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox?.[Symbol.asyncDispose]());

const WATCH = `subscription ($datasetId: ID!, $after: String) {
  dataPointsAppended(datasetId: $datasetId, after: $after) { cursor dataset { name workspace { name } } } }`;

/** What the gateway sends to whoever watches a dataset from a cursor on. */
const watch = (token: string, variables: Readonly<Record<string, unknown>>) =>
  createClient({
    url: `${sandbox.origin.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { authorization: `Bearer ${token}` },
    retryAttempts: 0,
  }).iterate<Record<string, unknown>>({ query: WATCH, variables });

/** How a question about the dataset is answered. */
async function ask(token: string, datasetId: string) {
  const response = await fetch(`${sandbox.origin}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({
      query: 'query ($id: ID!) { dataset(id: $id) { name } }',
      variables: { id: datasetId },
    }),
  });
  const { data } = (await response.json()) as { data?: { dataset: unknown } | null };
  return { status: response.status, dataset: data?.dataset ?? null };
}

test.each(ENDINGS)(
  'when $name, the open stream ends with $code within a second',
  async ({ code, begin }) => {
    await using scene = await createScene(sandbox.origin);
    const { datasetId, append } = scene;
    const { token, end } = await begin(scene, sandbox.origin);
    const after = await append();
    const cursor = await append();
    const stream = watch(token, { datasetId, after });
    expect((await stream.next()).value).toMatchObject({
      data: { dataPointsAppended: { cursor, dataset: { name: 'Levels' } } },
    });

    const next = stream.next();
    await end();
    const start = performance.now();
    expect((await next).value).toMatchObject({ errors: [{ extensions: { code } }] });
    expect(performance.now() - start).toBeLessThan(10_000);
    expect(await stream.next()).toEqual({ done: true, value: undefined });
    expect(await ask(token, datasetId)).toEqual({
      status: code === 'FORBIDDEN' ? 200 : 401,
      dataset: null,
    });
  },
);

test('a deleted workspace takes its datasets along, for its owner too', async () => {
  await using scene = await createScene(sandbox.origin);
  const { owner, workspaceId, datasetId } = scene;
  const token = await owner.client.accessToken();
  expect(await ask(token, datasetId)).toMatchObject({ dataset: { name: 'Levels' } });
  await owner.client.query('mutation ($w: ID!) { deleteWorkspace(id: $w) { deletedId } }', {
    w: workspaceId,
  });
  await expect
    .poll(() => ask(token, datasetId), { timeout: 30_000 })
    .toMatchObject({ dataset: null });
});

test('what a member was refused is in the owner’s audit log, which has no door outside', async () => {
  await using scene = await createScene(sandbox.origin);
  const { owner, viewer, workspaceId } = scene;
  const remove = 'mutation ($w: ID!) { deleteWorkspace(id: $w) { deletedId } }';
  await expect(viewer.client.query(remove, { w: workspaceId })).rejects.toMatchObject({
    code: 'FORBIDDEN',
  });
  const denied = async () => {
    const { workspace } = await owner.client.query<{
      workspace: {
        auditEvents: { edges: { node: { kind: string; subject: string; actor: object } }[] };
      };
    }>(
      'query ($w: ID!) { workspace(id: $w) { auditEvents { edges { node { kind subject actor { displayName } } } } } }',
      { w: workspaceId },
    );
    return workspace.auditEvents.edges
      .map(({ node }) => node)
      .filter(({ kind }) => kind === 'ACCESS_DENIED');
  };
  await expect.poll(denied).toEqual([
    {
      kind: 'ACCESS_DENIED',
      subject: 'mutation deleteWorkspace',
      actor: { displayName: 'Bob' },
    },
  ]);
  const outside = await fetch(`${sandbox.origin}/audit/denied`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${await viewer.client.accessToken()}`,
    },
    body: JSON.stringify({ subject: 'forged' }),
  });
  expect(outside.status).not.toBe(204);
  expect(await denied()).toHaveLength(1);
});
