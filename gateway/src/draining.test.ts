import { randomBytes } from 'node:crypto';

import { createLog } from '@affluent/service';
import { startUsersNeighbour } from '@affluent/subgraph/testing';
import { expect, test } from 'vitest';

import { readConfig } from './config.ts';
import { startServer } from './server.ts';

test('a load balancer that follows /readyz loses no request when the gateway stops', async () => {
  const publicUrl = 'http://affluent.example';
  await using users = await startUsersNeighbour(publicUrl);
  const gateway = await startServer(
    readConfig({
      PORT: '0',
      PUBLIC_URL: publicUrl,
      USERS_URL: users.url,
      DATASETS_URL: users.url,
      INSIGHTS_URL: users.url,
      SESSION_KEY: randomBytes(32).toString('base64url'),
      GATEWAY_CLIENT_SECRET: randomBytes(32).toString('base64url'),
      // Long enough for several looks at `/readyz` on a busy machine.
      DRAIN_MILLISECONDS: '4000',
    }),
    createLog({ service: 'gateway', level: 'silent' }),
  );
  const authorization = `Bearer ${await users.tokenFor('ada')}`;
  let isReady = true;
  const watch = (async () => {
    while (isReady) isReady = (await fetch(`${gateway.url}/readyz`)).status === 200;
  })();
  let answered = 0;
  const callers = Array.from({ length: 8 }, async () => {
    while (isReady) {
      const response = await fetch(`${gateway.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization },
        body: JSON.stringify({ query: '{ __typename }' }),
      });
      expect(await response.json()).toEqual({ data: { __typename: 'Query' } });
      answered++;
    }
  });
  await expect.poll(() => answered).toBeGreaterThan(20);
  await gateway[Symbol.asyncDispose]();
  await Promise.all([watch, ...callers]);
  expect(isReady).toBe(false);
});
