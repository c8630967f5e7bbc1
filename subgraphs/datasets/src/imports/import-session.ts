import type { MikroORM } from '@mikro-orm/postgresql';
import { Client } from 'pg';

import { query } from '../database.ts';

/** A connection with an exclusive lock on one import. */
export interface ImportSession extends AsyncDisposable {
  readonly client: Client;
}

/** The key of an import's advisory lock. */
const LOCK = `hashtextextended($1, 0)`;

/**
 * Opens a connection and waits for the import's lock. PostgreSQL releases the lock if the process dies. Aborting `signal`
 * cancels the running statement.
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
  // The running query rejects too, and its caller handles the error.
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

/** Running imports that no process holds the lock of. */
export async function interruptedImports(orm: MikroORM): Promise<string[]> {
  const rows = await query<{ id: string }>(
    orm.em.fork(),
    `SELECT id FROM import
     WHERE status = 'RUNNING' AND pg_try_advisory_xact_lock(hashtextextended(id::text, 0))`,
  );
  return rows.map(({ id }) => id);
}
