import { randomUUID } from 'node:crypto';

import { Client } from 'pg';
import { inject } from 'vitest';

import { ensureDatabase } from './databases.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Superuser's URL of the PostgreSQL server that this test run started. */
    readonly postgresUrl: string;
  }
}

interface MigratedDatabaseOptions {
  /** The same for all databases with the same migrations. */
  readonly name: string;
  /** Brings the tables of a database to the present migration, and disconnects. */
  readonly migrate: (databaseUrl: string) => Promise<void>;
}

/** A new, empty database on the test run's PostgreSQL server, owned by its own role. */
export function createTestDatabase(): Promise<string> {
  return ensureDatabase({ adminUrl: inject('postgresUrl'), name: newName(), password: 'test' });
}

/**
 * A new database with tables. The first test that needs it migrates a template, of which each database is a copy. All copies
 * belong to the template's role.
 */
export async function createMigratedDatabase({
  name,
  migrate,
}: MigratedDatabaseOptions): Promise<string> {
  const adminUrl = inject('postgresUrl');
  const template = `template_${name}`;
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  try {
    // Of several test processes, one makes the template and the others wait.
    await client.query('SELECT pg_advisory_lock(hashtext($1))', [template]);
    const isMade = await client.query(
      'SELECT 1 FROM pg_database WHERE datname = $1 AND datistemplate',
      [template],
    );
    const url = new URL(await ensureDatabase({ adminUrl, name: template, password: 'test' }));
    if (!isMade.rowCount) {
      await migrate(url.href);
      await client.query(`ALTER DATABASE ${template} IS_TEMPLATE true`);
    }
    const copy = newName();
    await client.query(`CREATE DATABASE ${copy} TEMPLATE ${template} OWNER ${template}`);
    url.pathname = `/${copy}`;
    return url.href;
  } finally {
    await client.end();
  }
}

const newName = (): string => `test_${randomUUID().replaceAll('-', '')}`;
