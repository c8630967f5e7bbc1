import { DomainError } from '@affluent/subgraph';
import type { EntityManager } from '@mikro-orm/postgresql';

import { runIn } from '../database.ts';
import { Column, Dataset } from '../datasets/dataset.ts';
import { encodePosition } from '../relay/cursor.ts';
import { commitRows, type LockedDataset, type WrittenRows } from '../storage/commit-rows.ts';
import { insertRows } from '../storage/write-rows.ts';
import type { AppendDataPointsPayload } from './data-point.ts';
import { parsePoint } from './parse-point.ts';

const MAX_POINTS = 10_000;
const MAX_KEY_LENGTH = 200;

interface AppendOptions {
  readonly em: EntityManager;
  readonly datasetId: string;
  readonly points: readonly Readonly<Record<string, unknown>>[];
  readonly idempotencyKey: string | null;
}

/**
 * Appends all points in one transaction, or none. A repeated key returns the original result.
 * @throws {DomainError} BAD_USER_INPUT naming the point and the column that does not fit.
 */
export async function appendPoints(options: AppendOptions): Promise<AppendDataPointsPayload> {
  const { em, datasetId, points, idempotencyKey } = options;
  if (points.length < 1 || points.length > MAX_POINTS) {
    throw new DomainError('BAD_USER_INPUT', 'points must have 1 to 10,000 data points.');
  }
  if (
    idempotencyKey !== null &&
    (idempotencyKey === '' || idempotencyKey.length > MAX_KEY_LENGTH)
  ) {
    throw new DomainError('BAD_USER_INPUT', 'idempotencyKey must have 1 to 200 characters.');
  }
  return em.transactional(async (tx) => {
    const run = runIn(tx);
    const write = async ({ tableName, lastRowId }: LockedDataset): Promise<WrittenRows> => {
      if (!tableName) throw new DomainError('NOT_FOUND', 'There is no such dataset.');
      const columns = await tx.find(
        Column,
        { dataset: datasetId },
        { orderBy: { position: 'asc' }, refresh: true },
      );
      const rows = points.map((point, index) => parsePoint(point, index, columns));
      await insertRows(run, { tableName, columns }, { rows, lastRowId });
      const hasNull = columns.map((_, position) => rows.some((row) => row[position] === null));
      return { tableName, columns, count: rows.length, hasNull };
    };
    const { sequence, count } = await commitRows({
      run,
      datasetId,
      kind: 'APPEND',
      idempotencyKey,
      write,
    });
    const dataset = await tx.refreshOrFail(tx.getReference(Dataset, datasetId), {
      populate: ['columns'],
    });
    return { dataset, appended: count, cursor: encodePosition(sequence) };
  });
}
