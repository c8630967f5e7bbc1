import { sharedSandbox } from '@affluent/sandbox/testing';
import { createClient } from 'graphql-ws';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';

import { ENDINGS } from './endings.ts';
import { createScene } from './scene.ts';

const sandbox = sharedSandbox();

const WATCH = `subscription ($datasetId: ID!, $after: String) {
  dataPointsAppended(datasetId: $datasetId, after: $after) { cursor dataset { name workspace { name } } } }`;

/** The events of a dataset from a cursor on. */
const watch = (token: string, variables: Readonly<Record<string, unknown>>) =>
  createClient({
    url: `${sandbox.origin.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { authorization: `Bearer ${token}` },
    retryAttempts: 0,
  }).iterate<Record<string, unknown>>({ query: WATCH, variables });

/** Queries the dataset. */
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

test.each(ENDINGS)('when $name, the open stream ends with $code', async ({ code, begin }) => {
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
  expect((await next).value).toMatchObject({ errors: [{ extensions: { code } }] });
  expect(await stream.next()).toEqual({ done: true, value: undefined });
  expect(await ask(token, datasetId)).toEqual({
    status: code === 'FORBIDDEN' ? 200 : 401,
    dataset: null,
  });
});

test('the datasets of a deleted workspace are gone, for its owner too', async () => {
  await using scene = await createScene(sandbox.origin);
  const { owner, workspaceId, datasetId } = scene;
  const token = await owner.client.accessToken();
  expect(await ask(token, datasetId)).toMatchObject({ dataset: { name: 'Levels' } });
  await owner.client.query('mutation ($w: ID!) { deleteWorkspace(id: $w) { deletedId } }', {
    w: workspaceId,
  });
  await expect.poll(() => ask(token, datasetId)).toMatchObject({ dataset: null });
});

test('a refusal to a member is in the owner’s audit log, which cannot be written from outside', async () => {
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

test('a token that lacks a scope gets the rest of the answer, and a write that succeeded is answered as one', async () => {
  await using scene = await createScene(sandbox.origin);
  const { owner, workspaceId, datasetId } = scene;
  /** The answer to a token of this scope, and the paths denied to it. */
  const askWith = async (scope: string, query: string, variables: object = {}) => {
    const token = await owner.client.narrowToken(scope);
    const response = await fetch(`${sandbox.origin}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors = [] } = (await response.json()) as {
      readonly data: unknown;
      readonly errors?: readonly {
        readonly path: readonly string[];
        readonly extensions: { readonly code: string };
      }[];
    };
    for (const { extensions } of errors) expect(extensions.code).toBe('UNAUTHORIZED_FIELD_OR_TYPE');
    return { data, denied: errors.map(({ path }) => path.join('.')) };
  };
  expect(await askWith('openid', '{ viewer { id displayName memberships { role } } }')).toEqual({
    data: { viewer: { id: owner.id, displayName: null, memberships: null } },
    denied: ['viewer.displayName', 'viewer.memberships'],
  });
  const workspace = `{ workspace(id: "${workspaceId}") { members { role user { email } } invitations { id } } }`;
  const members = ['OWNER', 'VIEWER'].map((role) => ({ role, user: { email: null } }));
  expect((await askWith('datasets:read', workspace)).data).toEqual({
    workspace: { members, invitations: null },
  });
  const points = [{ time: '2026-01-01T02:00:00Z', level: 3 }];
  const append = `mutation ($points: [JSONObject!]!) {
    appendDataPoints(input: { datasetId: "${datasetId}", points: $points }) { appended dataset { id } } }`;
  expect(await askWith('datasets:write', append, { points })).toEqual({
    data: { appendDataPoints: { appended: 1, dataset: null } },
    denied: ['appendDataPoints.dataset'],
  });
});
