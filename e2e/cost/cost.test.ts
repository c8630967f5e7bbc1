import type { Client } from '@affluent/client';
import { createBrowser, signUp } from '@affluent/client/testing';
import { type Sandbox } from '@affluent/sandbox';
import { startSandbox } from '@affluent/sandbox/testing';
import { getIntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { attacks } from './attacks.ts';

const account = {
  email: 'grace@affluent.example',
  password: 'a-ship-in-port-is-safe-1906',
  displayName: 'Grace',
};
const COST_PER_MINUTE = 60_000;
const METRICS_TOKEN = 'only-for-our-own-prometheus';

let sandbox: Sandbox;
let client: Client;
let authorization: string;

beforeAll(async () => {
  sandbox = await startSandbox({
    env: { COST_PER_MINUTE: String(COST_PER_MINUTE), METRICS_TOKEN },
  });
  client = await signUp({ origin: sandbox.origin, ...account });
  authorization = `Bearer ${await client.accessToken()}`;
});
afterAll(async () => {
  await client?.[Symbol.asyncDispose]();
  await sandbox?.[Symbol.asyncDispose]();
});

interface Answer {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: { readonly message: string; readonly extensions: { readonly code: string } }[];
  readonly extensions?: Record<string, unknown>;
}

const ask = (operation: object, headers?: Record<string, string>) =>
  post(JSON.stringify(operation), headers);

async function post(body: string, headers: Record<string, string> = { authorization }) {
  const response = await fetch(`${sandbox.origin}/graphql`, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json',
      ...headers,
    },
  });
  const answer = (await response.json()) as Answer;
  const { status } = response;
  const [error] = answer.errors ?? [];
  return { ...answer, status, headers: response.headers, error };
}

const narrow = async (scope: string) => ({
  authorization: `Bearer ${await client.narrowToken(scope)}`,
});

/** How often the gateway has looked for a plan or sent a request to a subgraph. */
async function workDone(): Promise<readonly string[]> {
  const response = await fetch(`${sandbox.origin}/metrics`, {
    headers: { authorization: `Bearer ${METRICS_TOKEN}` },
  });
  const counts = /^graphql_(plan_cache_lookups_total|subgraph_request_duration_seconds_count).*$/gm;
  return (await response.text()).match(counts) ?? [];
}

test.each(attacks)('%s: refused before planning', async (_name, code, body) => {
  await client.query('{ viewer { id } }');
  const before = await workDone();
  expect(before.length).toBeGreaterThan(1);
  const { status, data, error } = await post(body);
  expect([status, data, error?.extensions.code]).toEqual([400, undefined, code]);
  expect(error?.message.length).toBeLessThan(2_000);
  expect(await workDone()).toEqual(before);
});

test('GET has the same limits', async () => {
  const url = new URL('/graphql', sandbox.origin);
  url.searchParams.set('query', `{ ${'viewer { id } '.repeat(100)} }`);
  const response = await fetch(url, { headers: { authorization } });
  const { errors } = (await response.json()) as Answer;
  expect([response.status, errors?.[0]?.extensions.code]).toEqual([400, 'OPERATION_TOO_COMPLEX']);
});

test('a WebSocket has the same limits, for subscriptions too', async () => {
  for (const [, code, body] of attacks) {
    if (code !== 'OPERATION_TOO_COMPLEX' || body.length > 500_000) continue;
    const { query } = JSON.parse(body) as { query: string };
    const asSubscription = query.replace(/^\{ viewer \{/, 'subscription { membershipsChanged {');
    for (const document of new Set([query, asSubscription]))
      await expect(client.subscribe(document).next()).rejects.toMatchObject([
        { extensions: { code } },
      ]);
  }
});

test('operations in a list are refused', async () => {
  const { status, error } = await ask([
    { query: '{ viewer { id } }' },
    { query: '{ __typename }' },
  ]);
  expect([status, error?.extensions.code]).toEqual([400, 'BAD_REQUEST']);
});

test('an operation that may cost too much is refused with the figures, by page sizes in variables too', async () => {
  const query = `query ($id: ID!, $first: Int!) {
    datasets(workspaceId: $id, first: $first) { nodes { dataPoints(first: 1000) { nodes { id } } } } }`;
  const id = '00000000-0000-4000-8000-000000000000';
  const { status, error } = await ask({ query, variables: { id, first: 100 } });
  const fromTheEnd = await ask({
    query: query.replaceAll('first', 'last'),
    variables: { id, last: 100 },
  });
  expect(fromTheEnd.error).toEqual(error);
  expect([status, error]).toEqual([
    400,
    {
      message: 'The operation may cost 100602; the limit is 12000. Request shorter lists.',
      extensions: { code: 'COST_TOO_HIGH' },
    },
  ]);
  const smaller = await ask({ query, variables: { id, first: 9 } });
  expect(smaller.error?.extensions.code).not.toBe('COST_TOO_HIGH');
});

test('an answer reports its cost on request', async () => {
  const query = '{ viewer { id memberships { role workspace { name members { user { id } } } } } }';
  const { extensions } = await ask({ query }, { authorization, 'graphql-cost': 'report' });
  expect(extensions).toEqual({ cost: { estimated: 222, actual: 5 } });
  expect((await ask({ query })).extensions).toBeUndefined();
});

test('every answer says what is left, and a caller with nothing left is refused', async () => {
  const headers = await narrow('profile');
  const query = `{ viewer { memberships { user { memberships { user { memberships { user { id } } } } } } } }`;
  const first = await ask({ query }, headers);
  expect(first.headers.get('ratelimit-policy')).toBe(
    `"default";q=${COST_PER_MINUTE};qu="cost";w=60`,
  );
  const [, left] = /^"default";r=(\d+);t=\d+$/.exec(first.headers.get('ratelimit') ?? '') ?? [];
  expect(Number(left)).toBeLessThan(COST_PER_MINUTE - 2_000);

  const visitor = await signUp({
    origin: sandbox.origin,
    ...account,
    email: 'visitor@affluent.example',
  });
  await using _ = visitor;
  const theirs = { authorization: `Bearer ${await visitor.accessToken()}` };
  // Six of these take everything, and the bucket refills for one more in ten seconds.
  const dear = `{ datasets(workspaceId: "${crypto.randomUUID()}", first: 9) {
    nodes { dataPoints(first: 1000) { nodes { id } } } } }`;
  const all = await Promise.all(Array.from({ length: 40 }, () => ask({ query: dear }, theirs)));
  const refused = all.filter(({ status }) => status === 429);
  expect(refused.length).toBeGreaterThan(5);
  for (const { error, headers: given } of refused) {
    expect(error?.extensions.code).toBe('RATE_LIMITED');
    expect(Number(given.get('retry-after'))).toBeGreaterThan(0);
    expect(given.get('ratelimit')).toMatch(/^"default";r=\d+;t=\d+$/);
  }
  // Other callers are not affected.
  expect((await ask({ query: '{ viewer { id } }' })).status).toBe(200);
});

test('introspection needs its scope, which our own pages and tools with a token have', async () => {
  const query = getIntrospectionQuery();
  expect((await ask({ query })).data).toHaveProperty('__schema.types');
  const browser = createBrowser({ stopAt: ({ pathname }) => pathname === '/explorer' });
  const page = await browser.visit(`${sandbox.origin}/session/sign-in?return_to=/explorer`);
  await browser.visit(page.url, account);
  const cookie = await browser.cookiesFor(sandbox.origin);
  expect((await ask({ query }, { cookie })).data).toHaveProperty('__schema.types');
  const { createAccessToken } = await client.query<{ createAccessToken: { token: string } }>(
    'mutation { createAccessToken(input: { name: "Tool", scopes: ["schema:read"] }) { token } }',
  );
  const tool = { authorization: `Bearer ${createAccessToken.token}` };
  expect((await ask({ query }, tool)).data).toHaveProperty('__schema.types');

  const refused = await ask({ query }, await narrow('profile datasets:read'));
  expect([refused.status, refused.data, refused.error]).toEqual([
    403,
    undefined,
    expect.objectContaining({
      message: 'Query.__schema needs the scope "schema:read".',
      extensions: { code: 'UNAUTHORIZED_FIELD_OR_TYPE' },
    }),
  ]);
  expect((await ask({ query }, {})).status).toBe(401);
});

test('errors suggest names only to callers that may introspect', async () => {
  const query = '{ viewer { displayNam } }';
  const said = async (headers?: Record<string, string>) =>
    (await ask({ query }, headers)).error?.message;
  expect(await said()).toBe(
    'Cannot query field "displayNam" on type "User". Did you mean "displayName"?',
  );
  expect(await said(await narrow('profile'))).toBe(
    'Cannot query field "displayNam" on type "User".',
  );
  expect(await said({})).toBe('Cannot query field "displayNam" on type "User".');
  const variables = { input: { x: 'a', y: 'b', measure: 'AVGE' } };
  const series =
    'query ($input: SeriesInput!) { dataset(id: "1") { series(input: $input) { cursor } } }';
  const { error } = await ask({ query: series, variables }, await narrow('datasets:read'));
  expect(error?.message).toMatch(/^Variable "\$input" got invalid value "AVGE"[^?]*enum\.$/);
});
