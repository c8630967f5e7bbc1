import { join } from 'node:path';

import { ensureDatabase, type PostgresServer, startPostgres } from '@affluent/postgres';

import type { Config } from './config.ts';
import { assertPortFree } from './ports.ts';
import type { Secrets } from './secrets.ts';

export type DatabaseUrls = Readonly<Record<'users' | 'datasets' | 'insights', string>>;

interface Databases {
  readonly urls: DatabaseUrls;
  /** The embedded server; absent when the settings name another one. */
  readonly server: PostgresServer | undefined;
}

/**
 * Gives each subgraph a database and a role of its own: on the embedded PostgreSQL, or on the server of DATABASE_URL.
 * A subgraph's own setting (`USERS_DATABASE_URL`, …) goes before both.
 */
export async function openDatabases(
  config: Config,
  { POSTGRES_PASSWORD: password }: Secrets,
): Promise<Databases> {
  const own = {
    users: config.USERS_DATABASE_URL,
    datasets: config.DATASETS_DATABASE_URL,
    insights: config.INSIGHTS_DATABASE_URL,
  };
  const areAllSet = Object.values(own).every(Boolean);
  let server: PostgresServer | undefined;
  if (!config.DATABASE_URL && !areAllSet) {
    const port = config.POSTGRES_PORT;
    const folder = join(config.DATA_DIR, 'postgres');
    server = await startPostgres({
      folder,
      port,
      password,
      beforeStart: () => assertPortFree('127.0.0.1', port, 'POSTGRES_PORT'),
    });
  }
  try {
    const adminUrl = config.DATABASE_URL ?? server?.url ?? '';
    const urlOf = async (name: keyof DatabaseUrls): Promise<string> =>
      own[name] ?? (await ensureDatabase({ adminUrl, name: `affluent_${name}`, password }));
    // One after the other: PostgreSQL refuses to copy its template for two new databases at once.
    return {
      urls: {
        users: await urlOf('users'),
        datasets: await urlOf('datasets'),
        insights: await urlOf('insights'),
      },
      server,
    };
  } catch (error) {
    await server?.[Symbol.asyncDispose]();
    throw error;
  }
}
