import { randomUUID } from 'node:crypto';

import { inject } from 'vitest';

import { ensureDatabase } from './databases.ts';

/** A new, empty database on the test run's PostgreSQL server, owned by a role of its own. */
export function createTestDatabase(): Promise<string> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  return ensureDatabase({ adminUrl: inject('postgresUrl'), name, password: 'test' });
}
