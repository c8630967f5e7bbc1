import { randomUUID } from 'node:crypto';

import { inject } from 'vitest';

import { ensureDatabase } from './databases.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Superuser's URL of the PostgreSQL server that this test run started for itself. */
    readonly postgresUrl: string;
  }
}

/** A new, empty database on the test run's PostgreSQL server, owned by a role of its own. */
export function createTestDatabase(): Promise<string> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  return ensureDatabase({ adminUrl: inject('postgresUrl'), name, password: 'test' });
}
