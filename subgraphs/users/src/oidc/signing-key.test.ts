import { randomBytes } from 'node:crypto';

import { createTestDatabase } from '@affluent/postgres/testing';
import { createLog } from '@affluent/service';
import { expect, test } from 'vitest';

import { readConfig } from '../config.ts';
import { startServer } from '../server.ts';

const log = createLog({ service: 'users', level: 'silent' });
const base = {
  PORT: '0',
  PUBLIC_URL: 'http://affluent.example',
  GATEWAY_CLIENT_SECRET: randomBytes(32).toString('base64url'),
  DATASETS_CLIENT_SECRET: randomBytes(32).toString('base64url'),
  INSIGHTS_CLIENT_SECRET: randomBytes(32).toString('base64url'),
};
const newKey = () => randomBytes(32).toString('base64url');

test('processes that start at once on an empty database share one signing key', async () => {
  const env = { ...base, DATABASE_URL: await createTestDatabase(), ENCRYPTION_KEY: newKey() };
  const servers = await Promise.all(
    Array.from({ length: 3 }, () => startServer(readConfig(env), log)),
  );
  const keys = await Promise.all(
    servers.map(async ({ url }) => {
      const response = await fetch(`${url}/oidc/jwks`);
      return ((await response.json()) as { keys: Record<string, unknown>[] }).keys;
    }),
  );
  for (const server of servers) await server[Symbol.asyncDispose]();
  expect(keys[0]).toMatchObject([{ kty: 'EC', crv: 'P-256', kid: expect.any(String) }]);
  expect(keys[0]?.[0]).not.toHaveProperty('d');
  expect(keys[1]).toEqual(keys[0]);
  expect(keys[2]).toEqual(keys[0]);
});

test('a start with another ENCRYPTION_KEY fails and says why', async () => {
  const DATABASE_URL = await createTestDatabase();
  const first = await startServer(
    readConfig({ ...base, DATABASE_URL, ENCRYPTION_KEY: newKey() }),
    log,
  );
  await first[Symbol.asyncDispose]();
  const second = startServer(readConfig({ ...base, DATABASE_URL, ENCRYPTION_KEY: newKey() }), log);
  await expect(second).rejects.toThrow('another ENCRYPTION_KEY');
});
