import { randomUUID } from 'node:crypto';

import { abortOptionsOf, observeStatement, openDatabase } from '@affluent/subgraph';
import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';

import { Append } from './data-points/append.ts';
import { Column } from './datasets/column.ts';
import { Dataset } from './datasets/dataset.ts';
import { Import } from './imports/import.ts';
import { Reject } from './imports/reject.ts';
import { migrations } from './migrations/migrations.ts';

/** Connects to this subgraph's database and brings its tables to the present migration. */
export const connect = (databaseUrl: string): Promise<MikroORM> =>
  openDatabase({ databaseUrl, entities: [Dataset, Column, Import, Reject, Append], migrations });

/**
 * Runs a statement with bound parameters ($1, $2 …) in the transaction of `em`. Of a caller's unit of work outside of a
 * transaction it opens one: only there does the connection take the caller's role.
 * The rows come as `pg` gives them: bigint, numeric and dates as text.
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
        // By it a statement is known that is to be cancelled.
        queryId: { queryId: randomUUID() },
      },
      abortOptionsOf(em),
    ),
  );
  return rows;
}
