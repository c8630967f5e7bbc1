import { join } from 'node:path';

import { ensureDatabase, startPostgres } from '@affluent/postgres';

import type { Config } from './config.ts';
import { keepRunning } from './keep-running.ts';
import type { LogFile } from './log-file.ts';
import { assertPortFree } from './ports.ts';
import type { Secrets } from './secrets.ts';

export type DatabaseUrls = Readonly<Record<'users' | 'datasets' | 'insights', string>>;

interface Databases {
  readonly urls: DatabaseUrls;
  /** The embedded server, which is started again whenever it ends; absent when the settings name another one. */
  readonly server: AsyncDisposable | undefined;
}

/**
 * Gives each subgraph a database and a role of its own: on the embedded PostgreSQL, or on the server of DATABASE_URL.
 * A subgraph's own setting (`USERS_DATABASE_URL`, …) goes before both.
 */
export async function openDatabases(
  config: Config,
  { POSTGRES_PASSWORD: password }: Secrets,
  openLog: (name: string) => LogFile,
): Promise<Databases> {
  const own = {
    users: config.USERS_DATABASE_URL,
    datasets: config.DATASETS_DATABASE_URL,
    insights: config.INSIGHTS_DATABASE_URL,
  };
  const areAllSet = Object.values(own).every(Boolean);
  const embedded =
    config.DATABASE_URL || areAllSet
      ? undefined
      : await startEmbedded(config, password, openLog('postgres'));
  try {
    const adminUrl = config.DATABASE_URL ?? embedded?.url ?? '';
    const urlOf = async (name: keyof DatabaseUrls): Promise<string> =>
      own[name] ?? (await ensureDatabase({ adminUrl, name: `affluent_${name}`, password }));
    // One after the other: PostgreSQL refuses to copy its template for two new databases at once.
    return {
      urls: {
        users: await urlOf('users'),
        datasets: await urlOf('datasets'),
        insights: await urlOf('insights'),
      },
      server: embedded?.server,
    };
  } catch (error) {
    await embedded?.server[Symbol.asyncDispose]();
    throw error;
  }
}

async function startEmbedded(config: Config, password: string, log: LogFile) {
  const port = config.POSTGRES_PORT;
  const start = () =>
    startPostgres({
      folder: join(config.DATA_DIR, 'postgres'),
      port,
      password,
      onLog: log.write,
      beforeStart: () => assertPortFree('127.0.0.1', port, 'POSTGRES_PORT'),
    });
  const first = await start();
  return { url: first.url, server: keepRunning({ name: 'PostgreSQL', first, start }) };
}
