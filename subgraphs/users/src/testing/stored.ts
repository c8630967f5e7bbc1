import type { MikroORM } from '@mikro-orm/postgresql';

/** All that the database holds, as one text to search in. */
export async function readEverything(orm: MikroORM): Promise<string> {
  const em = orm.em.fork();
  const tables = await em.execute<{ name: string }[]>(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`,
  );
  const rows = await Promise.all(
    tables.map(({ name }) => em.fork().execute<unknown[]>(`SELECT t::text FROM ${name} AS t`)),
  );
  return JSON.stringify(rows);
}
