import { openDatabase } from '@affluent/subgraph';
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

type Connection = Pick<EntityManager, 'getKysely'>;

/**
 * Runs a statement with bound parameters ($1, $2 …) in the transaction of `em`, when it has one.
 * The rows come as `pg` gives them: bigint, numeric and dates as text.
 */
export async function query<Row>(
  em: Connection,
  sql: string,
  parameters: readonly unknown[] = [],
): Promise<Row[]> {
  const { rows } = await em.getKysely<Record<string, never>>().executeQuery<Row>({
    sql,
    parameters,
    query: { kind: 'RawNode', sqlFragments: [sql], parameters: [] },
    queryId: { queryId: 'data' },
  });
  return rows;
}
