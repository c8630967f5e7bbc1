import { DomainError } from '@affluent/subgraph';
import type { EntityManager } from '@mikro-orm/postgresql';
import { DatabaseError } from 'pg';

import { encodePosition } from '../relay/cursor.ts';
import { readSnapshot } from '../storage/read-snapshot.ts';
import type { QuerySpec } from './query-spec.ts';
import { reduceSeries } from './reduce-series.ts';
import type { Series } from './series.ts';
import { createTableSource } from './table-source.ts';

const MAX_POINTS = 10_000;
const OUT_OF_RANGE = '22003';

/**
 * Answers a query on a dataset, with the cursor of the last change that the points include.
 * @throws {DomainError} BAD_USER_INPUT
 */
export async function readSeries(
  em: EntityManager,
  datasetId: string,
  spec: QuerySpec,
): Promise<Series> {
  const { maxPoints } = spec;
  if (maxPoints < 1 || maxPoints > MAX_POINTS) {
    throw new DomainError('BAD_USER_INPUT', `maxPoints must be between 1 and ${MAX_POINTS}.`);
  }
  try {
    return await readSnapshot(em, datasetId, async ({ em: tx, dataset, table }) => {
      const { rowCount, lastChange } = dataset;
      const cursor = encodePosition(lastChange);
      if (!table) return { points: [], bucketSeconds: 0, cursor };
      const source = createTableSource(tx, { table, rowCount, spec });
      return { ...(await reduceSeries(source, maxPoints)), cursor };
    });
  } catch (error) {
    const isTooLarge = error instanceof DatabaseError && error.code === OUT_OF_RANGE;
    if (!isTooLarge) throw error;
    const message = `The values of y are too large for a chart: ${error.message}.`;
    throw new DomainError('BAD_USER_INPUT', message, { reason: 'VALUES_TOO_LARGE', cause: error });
  }
}
