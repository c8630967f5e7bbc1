import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createBrowser } from '@affluent/client/testing';
import { freePort, startPostgres } from '@affluent/postgres';
import { processTree } from '@affluent/sandbox';
import { startSandbox } from '@affluent/sandbox/testing';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';

import { account, liveDataset } from './live-dataset.ts';

const VIEWER = '{ viewer { displayName } }';
const DATASET = 'query ($id: ID!) { dataset(id: $id) { name } }';
const TRY_AGAIN_LATER = 1013;

test('while PostgreSQL is away, every kind of request answers UNAVAILABLE and every session survives', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'affluent-away-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const port = await freePort();
  // They end after the product, which would wait for them at its own end.
  await using servers = new AsyncDisposableStack();
  const start = async () =>
    servers.use(
      await startPostgres({ folder: join(folder, 'postgres'), port, password: 'away from home' }),
    );
  const server = await start();
  await using sandbox = await startSandbox({ env: { DATABASE_URL: server.url } });
  const { origin } = sandbox;
  const { client, datasetId } = await liveDataset(origin);
  await using _client = client;
  const browser = createBrowser();
  const signIn = `${origin}/session/sign-in`;
  await browser.visit((await browser.visit(signIn)).url, account);
  const cookie = await browser.cookiesFor(origin);
  const visitor = createBrowser();
  const page = await visitor.visit(signIn);
  const { createAccessToken } = await client.query<{ createAccessToken: { token: string } }>(
    'mutation ($input: CreateAccessTokenInput!) { createAccessToken(input: $input) { token } }',
    { input: { name: 'Robot', scopes: ['datasets:read'] } },
  );
  const bearer = `Bearer ${await client.accessToken()}`;

  const post = (headers: Record<string, string>, query = VIEWER) =>
    fetch(`${origin}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query, variables: { id: datasetId } }),
    });
  const codesOf = async (response: Promise<Response>): Promise<unknown> => {
    const { errors = [] } = (await (await response).json()) as {
      errors?: { extensions: { code: string } }[];
    };
    return errors.map(({ extensions }) => extensions.code);
  };
  const requests = {
    query: () => codesOf(post({ authorization: bearer })),
    dataset: () => codesOf(post({ authorization: bearer }, DATASET)),
    chart: () =>
      codesOf(
        post(
          { authorization: bearer },
          `mutation ($id: ID!) {
            createChart(input: { datasetId: $id, title: "All", spec: { x: "n", y: "n" } }) { chart { id } } }`,
        ),
      ),
    personalToken: () =>
      codesOf(post({ authorization: `Bearer ${createAccessToken.token}` }, DATASET)),
    session: () => codesOf(post({ cookie })),
    sessionState: () => codesOf(fetch(`${origin}/session`, { headers: { cookie } })),
    events: () =>
      codesOf(
        post(
          { authorization: `Bearer ${createAccessToken.token}`, accept: 'text/event-stream' },
          'subscription ($id: ID!) { dataPointsAppended(datasetId: $id) { count } }',
        ),
      ),
  };

  await server[Symbol.asyncDispose]();
  // A gateway with empty caches has to verify every caller.
  const gateway = processTree(sandbox.pid).find(({ name }) => name === 'gateway')?.pid ?? 0;
  process.kill(gateway, 'SIGKILL');
  const isUp = async () => (await fetch(`${origin}/healthz`)).ok;
  await expect.poll(isUp, { timeout: 60_000 }).toBe(true);

  for (const [name, ask] of Object.entries(requests))
    expect.soft(await ask(), name).toEqual(['UNAVAILABLE']);
  expect((await post({ cookie })).status).toBe(503);
  expect(await closeCodeOf(origin, `Bearer ${createAccessToken.token}`)).toBe(TRY_AGAIN_LATER);
  const refused = await visitor.visit(page.url, account);
  expect([refused.status, refused.body]).toEqual([503, expect.stringContaining('Not available')]);
  const authorization = await createBrowser().visit(signIn);
  expect(authorization.status).toBe(503);
  const token = await fetch(`${origin}/oidc/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'refresh_token',
      client_id: 'affluent-cli',
      refresh_token: 'x'.repeat(43),
    }),
  });
  expect([token.status, await token.json()]).toEqual([
    503,
    expect.objectContaining({ error: 'temporarily_unavailable' }),
  ]);

  await start();
  const isReady = async () => (await fetch(`${origin}/readyz`)).ok;
  await expect.poll(isReady, { timeout: 60_000 }).toBe(true);
  for (const name of ['query', 'dataset', 'chart', 'personalToken', 'session'] as const)
    expect.soft(await requests[name](), name).toEqual([]);
  expect(await (await fetch(`${origin}/session`, { headers: { cookie } })).json()).toMatchObject({
    signedIn: true,
  });
});

/** Of a WebSocket that connects and says who it is. */
const closeCodeOf = (origin: string, authorization: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(`${origin.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    socket.once('open', () =>
      socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization } })),
    );
    socket.once('message', () => reject(new Error('The connection was acknowledged.')));
    socket.once('close', resolve);
    socket.once('error', reject);
  });
