import { once } from 'node:events';

import type { Client } from '@affluent/client';
import { signUp } from '@affluent/client/testing';
import { type Sandbox } from '@affluent/sandbox';
import { startSandbox } from '@affluent/sandbox/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import WebSocket from 'ws';

let sandbox: Sandbox;
let client: Client;
beforeAll(async () => {
  // We are the proxy, on the loopback interface.
  sandbox = await startSandbox({ env: { TRUSTED_PROXIES: 'loopback' } });
  client = await signUp({
    origin: sandbox.origin,
    email: 'ada@affluent.example',
    displayName: 'Ada',
    password: 'behind seven proxies',
  });
});
afterAll(() => sandbox[Symbol.asyncDispose]());

const CREATE =
  'mutation ($name: String!) { createWorkspace(input: { name: $name }) { workspace { id } } }';

interface Events {
  readonly viewer: {
    readonly auditEvents: {
      readonly edges: readonly { readonly node: Readonly<Record<string, string | null>> }[];
    };
  };
}

/** The address of an event of this kind and subject; undefined when there is none. */
async function addressOf(kind: string, subject: string): Promise<string | null | undefined> {
  const { viewer } = await client.query<Events>(
    '{ viewer { auditEvents { edges { node { kind subject address } } } } }',
  );
  const nodes = viewer.auditEvents.edges.map(({ node }) => node);
  return nodes.find((node) => node.kind === kind && node.subject === subject)?.address;
}

const post = async (forwardedFor: string, body: object) =>
  fetch(`${sandbox.origin}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${await client.accessToken()}`,
      'x-forwarded-for': forwardedFor,
    },
    body: JSON.stringify(body),
  });

test('the audit event of a mutation has the address that the trusted proxy names, not what a client made up', async () => {
  const answer = await post('198.51.100.1, 203.0.113.9', {
    query: CREATE,
    variables: { name: 'over HTTP' },
  });
  expect(await answer.json()).toMatchObject({ data: { createWorkspace: {} } });
  expect(await addressOf('WORKSPACE_CREATED', 'over HTTP')).toBe('203.0.113.9');
});

test('over a WebSocket too', async () => {
  const socket = new WebSocket(
    `${sandbox.origin.replace('http', 'ws')}/graphql`,
    'graphql-transport-ws',
    { headers: { 'x-forwarded-for': '203.0.113.10' } },
  );
  const send = (message: object) => socket.send(JSON.stringify(message));
  const next = async () => JSON.parse(String((await once(socket, 'message'))[0])) as object;
  await once(socket, 'open');
  const authorization = `Bearer ${await client.accessToken()}`;
  send({ type: 'connection_init', payload: { authorization } });
  expect(await next()).toMatchObject({ type: 'connection_ack' });
  const payload = { query: CREATE, variables: { name: 'over WebSocket' } };
  send({ id: '1', type: 'subscribe', payload });
  expect(await next()).toMatchObject({ type: 'next' });
  socket.close();
  expect(await addressOf('WORKSPACE_CREATED', 'over WebSocket')).toBe('203.0.113.10');
});

test('refused access has the address as well', async () => {
  const token = await client.narrowToken('openid profile');
  const answer = await fetch(`${sandbox.origin}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${token}`,
      'x-forwarded-for': '203.0.113.11',
    },
    body: JSON.stringify({ query: CREATE, variables: { name: 'refused' } }),
  });
  expect(await answer.json()).toMatchObject({
    errors: [{ extensions: { code: 'UNAUTHORIZED_FIELD_OR_TYPE' } }],
  });
  // It is reported in the background.
  await expect
    .poll(() => addressOf('ACCESS_DENIED', 'mutation createWorkspace'), { timeout: 30_000 })
    .toBe('203.0.113.11');
});
