import type { Client } from '@affluent/client';
import { createBrowser, signUp } from '@affluent/client/testing';
import { sharedSandbox } from '@affluent/sandbox/testing';
import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';

const account = {
  email: 'linus@affluent.example',
  password: 'just-for-fun-1991',
  displayName: 'Linus',
};

const sandbox = sharedSandbox();
let client: Client;
let workspaceId: string;
/** The cookies of a browser that has signed in through the pages. */
let cookie: string;

beforeAll(async () => {
  client = await signUp({ origin: sandbox.origin, ...account });
  const { viewer } = await client.query<{
    viewer: { memberships: { workspace: { id: string } }[] };
  }>('{ viewer { memberships { workspace { id } } } }');
  workspaceId = viewer.memberships[0]!.workspace.id;
  const browser = createBrowser({ stopAt: ({ pathname }) => pathname === '/datasets' });
  const page = await browser.visit(`${sandbox.origin}/session/sign-in?return_to=/datasets`);
  await browser.visit(page.url, account);
  cookie = await browser.cookiesFor(sandbox.origin);
});
afterAll(async () => {
  await client?.[Symbol.asyncDispose]();
});

interface Answer {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: { readonly message: string; readonly extensions: { readonly code: string } }[];
}

async function post(body: string, headers: Record<string, string>) {
  const response = await fetch(`${sandbox.origin}/graphql`, { method: 'POST', body, headers });
  return {
    status: response.status,
    headers: response.headers,
    ...((await response.json()) as Answer),
  };
}

const json = { 'content-type': 'application/json' };
const ask = (query: string, headers: Record<string, string> = {}) =>
  post(JSON.stringify({ query }), { ...json, ...headers });

test('without identity viewer is null, and all else is refused', async () => {
  expect(await ask('{ viewer { id } }')).toMatchObject({ status: 200, data: { viewer: null } });
  expect(
    await ask('query { ...F } fragment F on Query { viewer { id } __typename }'),
  ).toMatchObject({ status: 200 });
  const refused = [
    `{ datasets(workspaceId: "${workspaceId}") { totalCount } }`,
    '{ __schema { types { name } } }',
    'query { viewer { id } ...F } fragment F on Query { chart(id: "1") { id } }',
    'mutation { createWorkspace(input: { name: "x" }) { workspace { id } } }',
  ];
  for (const query of refused) {
    const { status, errors } = await ask(query);
    expect([status, errors?.[0]?.extensions.code]).toEqual([401, 'UNAUTHENTICATED']);
  }
  const badToken = await ask('{ viewer { id } }', {
    authorization: 'Bearer eyJhbGciOiJub25lIn0.e30.x',
  });
  expect([badToken.status, badToken.errors?.[0]?.extensions.code]).toEqual([
    401,
    'UNAUTHENTICATED',
  ]);
});

test("the session's cookie works for our own pages, and not for another site's", async () => {
  const query = '{ viewer { displayName } }';
  expect(await ask(query, { cookie })).toMatchObject({
    data: { viewer: { displayName: 'Linus' } },
  });
  expect(await ask(query, { cookie, origin: 'https://evil.example' })).toMatchObject({
    data: { viewer: null },
  });
  expect(await ask(query, { cookie, 'sec-fetch-site': 'cross-site' })).toMatchObject({
    data: { viewer: null },
  });
  expect(cookie).not.toMatch(/eyJhbGciOiJFUzI1NiI/);
});

test('a WebSocket of another site is refused, and one without identity too', async () => {
  const connect = (headers: Record<string, string>) => {
    class Socket extends WebSocket {
      constructor(url: string, protocol: string) {
        super(url, protocol, { headers });
      }
    }
    const sockets = createClient({
      url: `${sandbox.origin.replace('http', 'ws')}/graphql`,
      webSocketImpl: Socket,
      retryAttempts: 0,
    });
    return sockets.iterate({ query: '{ viewer { displayName } }' }).next();
  };
  expect((await connect({ cookie, origin: sandbox.origin })).value).toEqual({
    data: { viewer: { displayName: 'Linus' } },
  });
  await expect(connect({ cookie, origin: 'https://evil.example' })).rejects.toMatchObject({
    code: 4403,
  });
  await expect(connect({})).rejects.toMatchObject({ code: 4403 });
});

test.each(['//evil.example/x', '/.//evil.example/x'])(
  'signing in leads back to our own pages only, not to %s',
  async (returnTo) => {
    const browser = createBrowser();
    const page = await browser.visit(
      `${sandbox.origin}/session/sign-in?return_to=${encodeURIComponent(returnTo)}`,
    );
    const { url } = await browser.visit(page.url, account);
    expect(url.href).toBe(`${sandbox.origin}/`);
  },
);

test('an operation that is not there, a syntax error and an unknown field are the mistakes of the client', async () => {
  const authorization = `Bearer ${await client.accessToken()}`;
  const named = JSON.stringify({ query: 'query A { viewer { id } }', operationName: 'B' });
  expect(await post(named, { ...json, authorization })).toMatchObject({
    status: 400,
    errors: [{ extensions: { code: 'OPERATION_RESOLUTION_FAILURE' } }],
  });
  const accept = 'application/graphql-response+json';
  expect(await ask('{ viewer {', { authorization, accept })).toMatchObject({ status: 400 });
  expect(await ask('{ nothing }', { authorization, accept })).toMatchObject({
    status: 400,
    errors: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }],
  });
});

test('a request keeps the id that its sender gave it', async () => {
  const { headers } = await ask('{ viewer { id } }', { 'x-request-id': 'my-request-0001' });
  expect(headers.get('x-request-id')).toBe('my-request-0001');
});
