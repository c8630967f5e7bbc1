import { createHash } from 'node:crypto';

import type { Client } from '@affluent/client';
import { signUp } from '@affluent/client/testing';
import { sharedSandbox } from '@affluent/sandbox/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';

const account = {
  email: 'mary@affluent.example',
  password: 'celestial-mechanics',
  displayName: 'Mary',
};
const VIEWER = '{ viewer { displayName } }';
const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');
const named = (text: string) => ({ persistedQuery: { version: 1, sha256Hash: hashOf(text) } });

const sandbox = sharedSandbox();
let client: Client;
let authorization: string;

beforeAll(async () => {
  client = await signUp({ origin: sandbox.origin, ...account });
  authorization = `Bearer ${await client.accessToken()}`;
});
afterAll(async () => {
  await client?.[Symbol.asyncDispose]();
});

async function post(body: object) {
  const response = await fetch(`${sandbox.origin}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
}

async function get(parameters: Record<string, string>, headers: Record<string, string> = {}) {
  const query = new URLSearchParams(parameters).toString();
  const response = await fetch(`${sandbox.origin}/graphql?${query}`, { headers });
  return { status: response.status, headers: response.headers, body: await response.json() };
}

const answer = { status: 200, body: { data: { viewer: { displayName: 'Mary' } } } };

test('a document is sent once, then named by its hash: as Apollo does, and as GraphQL over HTTP does', async () => {
  expect(await post({ extensions: named(VIEWER) })).toMatchObject({
    status: 200,
    body: { errors: [{ extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }] },
  });
  expect(await post({ query: VIEWER, extensions: named(VIEWER) })).toMatchObject(answer);
  expect(await post({ extensions: named(VIEWER) })).toMatchObject(answer);
  expect(await post({ documentId: `sha256:${hashOf(VIEWER)}` })).toMatchObject(answer);
  const extensions = JSON.stringify(named(VIEWER));
  expect(await get({ extensions }, { authorization })).toMatchObject(answer);
  expect(await post({ query: '{ __typename }', extensions: named(VIEWER) })).toMatchObject({
    status: 400,
    body: { errors: [{ extensions: { code: 'BAD_REQUEST' } }] },
  });
});

test('what a person gets is kept by no cache; what the schema says may be kept, by their own', async () => {
  const mine = await get({ query: VIEWER }, { authorization });
  expect(mine.headers.get('cache-control')).toBe('no-store');

  const query = '{ identityProviders { name } }';
  const providers = await get({ query }, { authorization });
  expect(providers).toMatchObject({ status: 200, body: { data: { identityProviders: [] } } });
  expect(providers.headers.get('cache-control')).toBe('max-age=300, private');
  expect(providers.headers.get('vary')).toMatch(/authorization.*cookie/);

  const both = await get(
    { query: `{ identityProviders { name } ${VIEWER.slice(1)}` },
    { authorization },
  );
  expect(both.headers.get('cache-control')).toBe('no-store');
  const refused = await get({ query });
  expect(refused.status).toBe(401);
  expect(refused.headers.get('cache-control')).toBe('no-store');
});

test('a GET changes nothing', async () => {
  const query = 'mutation { createWorkspace(input: { name: "x" }) { workspace { id } } }';
  const { status, headers } = await get({ query }, { authorization });
  expect([status, headers.get('allow')]).toEqual([405, 'POST']);
});
