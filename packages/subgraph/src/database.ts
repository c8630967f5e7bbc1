import { Migrator } from '@mikro-orm/migrations';
import { type EntityClass, MikroORM, type MigrationObject } from '@mikro-orm/postgresql';

import { silenceCancelled } from './cancellation.ts';
import { assertRequestRole } from './row-access.ts';
import { createStatementLogger } from './statement-spans.ts';

interface DatabaseOptions {
  readonly databaseUrl: string;
  readonly entities: readonly EntityClass[];
  /** In the order in which they run. A released migration is never changed. */
  readonly migrations: readonly MigrationObject[];
}

/** Any number that no other lock of a subgraph's database uses. */
const MIGRATION_LOCK = 7_201_410;

/** Connects to a subgraph's own database and runs the pending migrations. */
export async function openDatabase({
  databaseUrl,
  entities,
  migrations,
}: DatabaseOptions): Promise<MikroORM> {
  const orm = await MikroORM.init({
    clientUrl: databaseUrl,
    entities: [...entities],
    extensions: [Migrator],
    forceUtcTimezone: true,
    onCreateConnection: silenceCancelled,
    // Completed migrations are in their table; failures are thrown.
    loggerFactory: createStatementLogger,
    migrations: {
      migrationsList: [...migrations],
      snapshot: false,
    },
  });
  try {
    await assertRequestRole(orm.em.fork());
    // The lock is held until the migrations, which use another connection, are done: when several processes start at once,
    // one runs them.
    await orm.em.fork().transactional(async (em) => {
      await em.execute('SELECT pg_advisory_xact_lock(?)', [MIGRATION_LOCK]);
      await orm.migrator.up();
    });
  } catch (error) {
    await orm.close(true);
    throw error;
  }
  return orm;
}
