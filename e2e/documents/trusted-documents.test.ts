import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { signUp } from '@affluent/client/testing';
import { type Sandbox } from '@affluent/sandbox';
import { startSandbox } from '@affluent/sandbox/testing';
import { createClient } from 'graphql-ws';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';

import { launchChromium } from '../chromium.ts';

const files = fileURLToPath(new URL('../../node_modules/vega-datasets/data', import.meta.url));

let sandbox: Sandbox;
let browser: Browser;

beforeAll(async () => {
  [sandbox, browser] = await Promise.all([
    startSandbox({ env: { ALLOWED_DOCUMENTS: 'trusted' } }),
    launchChromium(),
  ]);
});
afterAll(async () => {
  await browser?.close();
  await sandbox?.[Symbol.asyncDispose]();
});

test('the web client works, and sends hashes only: by POST, with a file and over its socket', async () => {
  const page = await browser.newPage({ locale: 'en-GB', baseURL: sandbox.origin });
  const sent: string[] = [];
  page.on('request', (request) => {
    const isGraph = new URL(request.url()).pathname === '/graphql';
    if (isGraph) sent.push(request.postData() ?? '');
  });
  page.on('websocket', (socket) => {
    socket.on('framesent', ({ payload }) => {
      if (payload.includes('"subscribe"')) sent.push(payload.toString());
    });
  });
  await page.goto('/');
  await page.getByRole('link', { name: 'Create account' }).click();
  await page.getByLabel('Name').fill('Emmy');
  await page.getByLabel('E-mail').fill('emmy@affluent.example');
  await page.getByLabel('Password').fill('invariant-theory');
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.waitForURL('**/datasets');
  await page.goto('/import');
  await page.locator('input[type=file]').setInputFiles(join(files, 'stocks.csv'));
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await page.getByRole('link', { name: /^Open / }).click();
  await page.getByTestId('chart-summary').first().waitFor();
  await expect.poll(() => sent.join()).toMatch(/"type":"subscribe"/);

  // Chromium does not report the body of a request with a file; as text, its document would have been refused.
  const bodies = sent.filter((body) => body !== '');
  expect(bodies.filter((body) => /(query|mutation|subscription) \w+/.test(body))).toEqual([]);
  expect(bodies.filter((body) => !/[0-9a-f]{64}/.test(body))).toEqual([]);
  expect(bodies.length).toBeGreaterThan(5);
});

test('any other document is refused: by POST, GET and WebSocket', async () => {
  await using client = await signUp({
    origin: sandbox.origin,
    email: 'sofia@affluent.example',
    password: 'spinning-tops-1888',
    displayName: 'Sofia',
  });
  const query = '{ viewer { displayName } }';
  const code = 'PERSISTED_QUERY_NOT_ALLOWED';
  await expect(client.query(query)).rejects.toMatchObject({ code });
  const authorization = `Bearer ${await client.accessToken()}`;
  const url = `${sandbox.origin}/graphql`;
  const response = await fetch(`${url}?query=${encodeURIComponent(query)}`, {
    headers: { authorization },
  });
  expect(response.status).toBe(403);

  const socket = createClient({
    url: url.replace('http', 'ws'),
    webSocketImpl: WebSocket,
    connectionParams: { authorization },
    retryAttempts: 0,
  });
  for (const document of [query, 'subscription { membershipsChanged { role } }']) {
    await expect(socket.iterate({ query: document }).next()).rejects.toMatchObject([
      { extensions: { code } },
    ]);
  }
  await socket.dispose();
});
