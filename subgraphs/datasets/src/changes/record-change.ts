import type { RunSql } from '../database.ts';
import { type Change, CHANGES_CHANNEL } from './change.ts';

type NewChange = Pick<
  Change,
  'datasetId' | 'kind' | 'tableName' | 'firstRowId' | 'lastRowId' | 'idempotencyKey'
>;

/**
 * Records a change in the transaction that makes it, and notifies readers on commit. Numbering locks the dataset's row, so
 * sequence numbers follow the order of commit.
 * @returns the sequence number.
 */
export async function recordChange(run: RunSql, change: NewChange): Promise<number> {
  const { datasetId, kind, tableName, firstRowId, lastRowId, idempotencyKey } = change;
  const [recorded] = await run<{ sequence: string }>(
    `WITH numbered AS (
       UPDATE dataset SET last_change = last_change + CASE WHEN $2 = 'CREATE' THEN 0 ELSE 1 END
       WHERE id = $1 RETURNING id, last_change
     )
     INSERT INTO dataset_change (dataset_id, sequence, kind, table_name, first_row_id, last_row_id, idempotency_key, changed_at)
     SELECT id, last_change, $2, $3, $4::bigint, $5::bigint, $6, clock_timestamp() FROM numbered
     RETURNING sequence, pg_notify('${CHANGES_CHANNEL}', dataset_id::text)`,
    [datasetId, kind, tableName, firstRowId, lastRowId, idempotencyKey],
  );
  if (!recorded) throw new Error(`Dataset ${datasetId} does not exist.`);
  return Number(recorded.sequence);
}
