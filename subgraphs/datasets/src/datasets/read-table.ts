import type { EntityManager } from '@mikro-orm/postgresql';
import { DatabaseError } from 'pg';

import { Dataset } from './dataset.ts';

const UNDEFINED_TABLE = '42P01';

/** A dataset as one moment has it, with its columns. */
export interface Snapshot {
  readonly em: EntityManager;
  readonly dataset: Dataset;
  /** Null while nothing was published. */
  readonly tableName: string | null;
}

/**
 * Reads a dataset's entity and its table as they are at one moment. When the table is replaced just between the two,
 * it reads again.
 */
export async function readTable<T>(
  em: EntityManager,
  datasetId: string,
  read: (snapshot: Snapshot) => Promise<T>,
): Promise<T> {
  const attempt = (): Promise<T> =>
    em.fork().transactional(
      async (tx) => {
        const dataset = await tx.findOneOrFail(Dataset, datasetId, { populate: ['columns'] });
        return read({ em: tx, dataset, tableName: dataset.tableName ?? null });
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
