import type { MikroORM } from '@mikro-orm/postgresql';
import { Client } from 'pg';

import { query } from '../database.ts';

/** The connection on which one import is worked on. While it lives, nobody else works on the same import. */
export interface ImportSession extends AsyncDisposable {
  readonly client: Client;
}

/** A number that stands for an import among PostgreSQL's advisory locks. */
const LOCK = `hashtextextended($1, 0)`;

/**
 * Waits until no other process works on the import, and opens a connection for it. PostgreSQL frees the import when
 * the process dies. When `signal` aborts, the statement that runs is cancelled.
 */
export async function openSession({
  orm,
  databaseUrl,
  importId,
  signal,
}: {
  readonly orm: MikroORM;
  readonly databaseUrl: string;
  readonly importId: string;
  readonly signal: AbortSignal;
}): Promise<ImportSession> {
  signal.throwIfAborted();
  const client = new Client({ connectionString: databaseUrl });
  // The query that runs is rejected as well: that is where it is dealt with.
  client.on('error', () => {});
  await client.connect();
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  const cancel = (): void => {
    query(orm.em.fork(), 'SELECT pg_cancel_backend($1)', [rows[0]?.pid]).catch(() => {});
  };
  signal.addEventListener('abort', cancel);
  const close = async (): Promise<void> => {
    signal.removeEventListener('abort', cancel);
    await client.end();
  };
  try {
    await client.query(`SELECT pg_advisory_lock(${LOCK})`, [importId]);
  } catch (error) {
    await close();
    throw error;
  }
  return { client, [Symbol.asyncDispose]: close };
}

/** The imports that were begun and that no living process works on. */
export async function interruptedImports(orm: MikroORM): Promise<string[]> {
  const rows = await query<{ id: string }>(
    orm.em.fork(),
    `SELECT id FROM import
     WHERE status = 'RUNNING' AND pg_try_advisory_xact_lock(hashtextextended(id::text, 0))`,
  );
  return rows.map(({ id }) => id);
}
