import type { EntityManager } from '@mikro-orm/postgresql';
import { DatabaseError } from 'pg';

import { Dataset } from '../datasets/dataset.ts';
import type { DataTable } from './table-ddl.ts';

const UNDEFINED_TABLE = '42P01';

/** A dataset and its table at one moment. */
export interface Snapshot {
  readonly em: EntityManager;
  readonly dataset: Dataset;
  /** Null until the first import succeeds. */
  readonly table: DataTable | null;
}

/**
 * Reads a dataset and its table in one read-only snapshot. Reads again if a REPLACE drops the table in between: DROP TABLE
 * ignores snapshots.
 */
export async function readSnapshot<T>(
  em: EntityManager,
  datasetId: string,
  read: (snapshot: Snapshot) => Promise<T>,
): Promise<T> {
  const attempt = (): Promise<T> =>
    em.fork().transactional(
      async (tx) => {
        const dataset = await tx.findOneOrFail(Dataset, datasetId, { populate: ['columns'] });
        const { tableName, columns } = dataset;
        const table = tableName ? { tableName, columns: columns.getItems() } : null;
        return read({ em: tx, dataset, table });
      },
      { isolationLevel: 'repeatable read', readOnly: true },
    );
  try {
    return await attempt();
  } catch (error) {
    if (!isUndefinedTable(error)) throw error;
    return attempt();
  }
}

const isUndefinedTable = (error: unknown): boolean =>
  error instanceof DatabaseError && error.code === UNDEFINED_TABLE;
