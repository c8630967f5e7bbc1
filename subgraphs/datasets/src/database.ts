import { randomUUID } from 'node:crypto';

import { abortOptionsOf, observeStatement, openDatabase } from '@affluent/subgraph';
import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import type { Client } from 'pg';

import { Change } from './changes/change.ts';
import { Column, Dataset } from './datasets/dataset.ts';
import { Import } from './imports/import.ts';
import { Reject } from './imports/reject.ts';
import { migrations } from './migrations/migrations.ts';

/** Connects to this subgraph's database and applies its migrations. */
export const connect = (databaseUrl: string): Promise<MikroORM> =>
  openDatabase({ databaseUrl, entities: [Dataset, Column, Import, Reject, Change], migrations });

/**
 * Runs one statement with bound parameters ($1, $2 …) and returns its rows as `pg` parses them: bigint, numeric and dates
 * are text.
 */
export type RunSql = <Row>(sql: string, parameters?: readonly unknown[]) => Promise<Row[]>;

/** Runs statements in the transaction of an entity manager. */
export const runIn =
  (em: EntityManager): RunSql =>
  (sql, parameters) =>
    query(em, sql, parameters);

/** Runs statements on a connection of its own. */
export const runOn =
  (client: Client): RunSql =>
  async <Row>(sql: string, parameters: readonly unknown[] = []) =>
    (await client.query(sql, [...parameters])).rows as Row[];

/**
 * {@link RunSql} in the transaction of `em`. An entity manager of a request opens one if there is none: the connection takes
 * the caller's role only inside a transaction.
 */
export async function query<Row>(
  em: EntityManager,
  sql: string,
  parameters: readonly unknown[] = [],
): Promise<Row[]> {
  if (em.getSessionContext() && !em.isInTransaction())
    return em.fork().transactional((transaction) => query<Row>(transaction, sql, parameters));
  const { rows } = await observeStatement(sql, () =>
    em.getKysely<Record<string, never>>().executeQuery<Row>(
      {
        sql,
        parameters,
        query: { kind: 'RawNode', sqlFragments: [sql], parameters: [] },
        // MikroORM cancels a running statement by this id.
        queryId: { queryId: randomUUID() },
      },
      abortOptionsOf(em),
    ),
  );
  return rows;
}
