import { randomBytes } from 'node:crypto';

import { freePort } from '@affluent/postgres';
import { createMigratedDatabase } from '@affluent/postgres/testing';
import { createLog } from '@affluent/service';

import { readConfig } from '../config.ts';
import { connect } from '../database.ts';
import { startServer } from '../server.ts';

const migrate = async (databaseUrl: string): Promise<void> => (await connect(databaseUrl)).close();

/** The users subgraph on an empty database, with itself as the public address. `restart` keeps database and address. */
export async function startUsersServer(settings: Readonly<Record<string, string>> = {}) {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const config = readConfig({
    PORT: String(port),
    PUBLIC_URL: origin,
    DATABASE_URL: await createMigratedDatabase({ name: 'users', migrate }),
    ENCRYPTION_KEY: randomBytes(32).toString('base64url'),
    GATEWAY_CLIENT_SECRET: randomBytes(32).toString('base64url'),
    DATASETS_CLIENT_SECRET: randomBytes(32).toString('base64url'),
    INSIGHTS_CLIENT_SECRET: randomBytes(32).toString('base64url'),
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
