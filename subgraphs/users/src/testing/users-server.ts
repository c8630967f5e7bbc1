import { randomBytes, randomInt } from 'node:crypto';
import { createServer } from 'node:net';

import { createTestDatabase } from '@affluent/postgres/testing';
import { createLog } from '@affluent/service';

import { readConfig } from '../config.ts';
import { startServer } from '../server.ts';

/** The users subgraph on an empty database, with itself as the public address. `restart` keeps database and address. */
export async function startUsersServer(settings: Readonly<Record<string, string>> = {}) {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const config = readConfig({
    PORT: String(port),
    PUBLIC_URL: origin,
    DATABASE_URL: await createTestDatabase(),
    ENCRYPTION_KEY: randomBytes(32).toString('base64url'),
    GATEWAY_CLIENT_SECRET: randomBytes(32).toString('base64url'),
    LOG_LEVEL: 'silent',
    ...settings,
  });
  const log = createLog({ service: 'users', level: 'silent' });
  let server = await startServer(config, log);
  return {
    origin,
    config,
    async restart() {
      await server[Symbol.asyncDispose]();
      server = await startServer(config, log);
    },
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
    },
  };
}

/**
 * A port below those that Linux gives to outgoing connections (32768 and up): such a connection could take a port between
 * the probe and the start, or during a restart.
 */
async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(10_000, 32_768);
    const probe = createServer();
    const isFree = await new Promise<boolean>((resolve) => {
      probe.once('error', () => resolve(false)).listen(port, '127.0.0.1', () => resolve(true));
    });
    if (!isFree) continue;
    await probe[Symbol.asyncDispose]();
    return port;
  }
}
