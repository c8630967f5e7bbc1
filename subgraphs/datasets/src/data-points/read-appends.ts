import type { EntityManager } from '@mikro-orm/postgresql';

import type { Change } from '../changes/change.ts';
import { readAllChanges } from '../changes/read-changes.ts';
import { Dataset } from '../datasets/dataset.ts';
import { encodePosition } from '../relay/cursor.ts';
import { readRows } from '../storage/read-rows.ts';
import { readSnapshot } from '../storage/read-snapshot.ts';
import type { DataPointsAppended } from './data-point.ts';
import { lazily } from './lazily.ts';

/** A change of the log as subscribers to appends see it. */
export interface NumberedAppend {
  readonly sequence: number;
  /** Null for a change that brought no new rows. */
  readonly appended: DataPointsAppended | null;
}

const SHOWN_POINTS = 1_000;

/** The changes of a dataset after a sequence number, in order, up to the newest. Rows are read when a subscriber selects them. */
export async function* readAppends(
  em: EntityManager,
  datasetId: string,
  after: number,
): AsyncGenerator<NumberedAppend, void> {
  for await (const change of readAllChanges(em, datasetId, after)) {
    const isAppend = change.kind === 'APPEND' || change.kind === 'REPLACE';
    yield { sequence: change.sequence, appended: isAppend ? appendOf(em, change) : null };
  }
}

const appendOf = (em: EntityManager, change: Change): DataPointsAppended => ({
  count: change.lastRowId - change.firstRowId + 1,
  cursor: encodePosition(change.sequence),
  appendedAt: change.changedAt,
  readDataset: lazily(() =>
    em.fork().findOneOrFail(Dataset, change.datasetId, { populate: ['columns'] }),
  ),
  readDataPoints: lazily(() => readAppendedRows(em, change)),
});

const readAppendedRows = (
  em: EntityManager,
  { datasetId, tableName, firstRowId, lastRowId }: Change,
) =>
  readSnapshot(em, datasetId, async ({ em: tx, table }) => {
    // Rows that were replaced since are gone.
    if (table?.tableName !== tableName) return [];
    const range = { after: firstRowId - 1, before: lastRowId + 1, limit: SHOWN_POINTS };
    return readRows(tx, table, range);
  });
