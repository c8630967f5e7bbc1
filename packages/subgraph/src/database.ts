import { Migrator } from '@mikro-orm/migrations';
import { type EntityClass, MikroORM, type MigrationObject } from '@mikro-orm/postgresql';

interface DatabaseOptions {
  readonly databaseUrl: string;
  readonly entities: readonly EntityClass[];
  /** In the order in which they run. A migration that has landed is never changed. */
  readonly migrations: readonly MigrationObject[];
}

/** Connects to a subgraph's own database and brings its tables to the present migration. */
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
    // Migrations that ran are in their table; what goes wrong is thrown.
    logger: () => {},
    migrations: {
      migrationsList: [...migrations],
      snapshot: false,
    },
  });
  try {
    await orm.migrator.up();
  } catch (error) {
    await orm.close(true);
    throw error;
  }
  return orm;
}
