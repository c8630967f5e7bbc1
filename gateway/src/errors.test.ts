import { randomBytes } from 'node:crypto';

import { createLog } from '@affluent/service';
import { runOperation, startUsersNeighbour } from '@affluent/subgraph/testing';
import { afterAll, expect, test } from 'vitest';

import { readConfig } from './config.ts';
import { startServer } from './server.ts';

const publicUrl = 'http://affluent.example';
const users = await startUsersNeighbour(publicUrl);
/** Nobody listens there: port 9 is the discard service's. */
const nowhere = 'http://127.0.0.1:9';
const gateway = await startServer(
  readConfig({
    PORT: '0',
    PUBLIC_URL: publicUrl,
    USERS_URL: users.url,
    DATASETS_URL: nowhere,
    INSIGHTS_URL: nowhere,
    SESSION_KEY: randomBytes(32).toString('base64url'),
    GATEWAY_CLIENT_SECRET: randomBytes(32).toString('base64url'),
  }),
  createLog({ service: 'gateway', level: 'silent' }),
);
afterAll(async () => {
  await gateway[Symbol.asyncDispose]();
  await users[Symbol.asyncDispose]();
});

test('a subgraph that does not answer is named, and no internals are revealed', async () => {
  const query = '{ chart(id: "00000000-0000-4000-8000-000000000000") { id } }';
  const { data, errors } = await runOperation({
    url: gateway.url,
    token: await users.tokenFor('ada'),
    query,
  });
  expect(data).toEqual({ chart: null });
  expect(errors).toEqual([
    {
      message: 'The insights service does not answer. Try again in a moment.',
      path: ['chart'],
      extensions: { code: 'UNAVAILABLE', serviceName: 'insights' },
    },
  ]);
});

test('it lives while its subgraphs do not, and says that it is not ready', async () => {
  expect((await fetch(`${gateway.url}/healthz`)).status).toBe(200);
  expect((await fetch(`${gateway.url}/readyz`)).status).toBe(503);
});
