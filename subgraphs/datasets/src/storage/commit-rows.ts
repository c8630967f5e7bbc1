import { DomainError } from '@affluent/subgraph';

import type { ChangeKind } from '../changes/change.ts';
import { recordChange } from '../changes/record-change.ts';
import type { RunSql } from '../database.ts';
import type { DataTable } from './table-ddl.ts';

export interface CommitOptions {
  /** Runs in a transaction that the caller commits. */
  readonly run: RunSql;
  readonly datasetId: string;
  readonly kind: Extract<ChangeKind, 'CREATE' | 'APPEND' | 'REPLACE'>;
  /** A repeated key writes nothing and returns the first commit. */
  readonly idempotencyKey?: string | null;
  /** Puts the rows where they belong, with ids from `lastRowId + 1`. Runs while the dataset is locked. */
  readonly write: (before: LockedDataset) => Promise<WrittenRows>;
}

export interface LockedDataset {
  /** Null until the first import succeeds. */
  readonly tableName: string | null;
  /** 0 unless the rows follow those that are there. */
  readonly lastRowId: number;
}

export interface WrittenRows extends DataTable {
  readonly count: number;
  /** By position: whether a row has no value in the column. */
  readonly hasNull: readonly boolean[];
}

export interface CommittedRows {
  readonly sequence: number;
  readonly count: number;
}

/**
 * Makes rows part of a dataset: takes its row lock, assigns row ids and the next sequence number, updates the dataset and its
 * columns, records the change and notifies readers. Commits to one dataset are serialized by the lock, so sequence numbers
 * and row ids follow the order of commit.
 * @throws {DomainError} NOT_FOUND
 */
export async function commitRows(options: CommitOptions): Promise<CommittedRows> {
  const { run, datasetId, kind, idempotencyKey = null, write } = options;
  const [dataset] = await run<{ table_name: string | null; last_row_id: string }>(
    'SELECT table_name, last_row_id FROM dataset WHERE id = $1 FOR UPDATE',
    [datasetId],
  );
  if (!dataset) throw new DomainError('NOT_FOUND', 'There is no such dataset.');
  const earlier =
    idempotencyKey === null ? undefined : await findCommit(run, datasetId, idempotencyKey);
  if (earlier) return earlier;

  const lastRowId = kind === 'APPEND' ? Number(dataset.last_row_id) : 0;
  const written = await write({ tableName: dataset.table_name, lastRowId });
  const { tableName, count } = written;
  await (kind === 'APPEND' ? markNullable : replaceColumns)(run, datasetId, written);
  await run(
    `UPDATE dataset
     SET table_name = $2, row_count = CASE WHEN $3 THEN row_count ELSE 0 END + $4, last_row_id = $5, updated_at = now()
     WHERE id = $1`,
    [datasetId, tableName, kind === 'APPEND', count, lastRowId + count],
  );
  const sequence = await recordChange(run, {
    datasetId,
    kind,
    tableName,
    firstRowId: lastRowId + 1,
    lastRowId: lastRowId + count,
    idempotencyKey,
  });
  return { sequence, count };
}

async function findCommit(
  run: RunSql,
  datasetId: string,
  idempotencyKey: string,
): Promise<CommittedRows | undefined> {
  const [found] = await run<{ sequence: string; count: string }>(
    `SELECT sequence, last_row_id - first_row_id + 1 AS count FROM dataset_change
     WHERE dataset_id = $1 AND idempotency_key = $2`,
    [datasetId, idempotencyKey],
  );
  return found && { sequence: Number(found.sequence), count: Number(found.count) };
}

async function markNullable(
  run: RunSql,
  datasetId: string,
  { hasNull }: WrittenRows,
): Promise<void> {
  const positions = [...hasNull.keys()].filter((position) => hasNull[position]);
  if (positions.length === 0) return;
  await run(
    `UPDATE dataset_column SET nullable = true
     WHERE dataset_id = $1 AND position = ANY ($2::int[]) AND NOT nullable`,
    [datasetId, positions],
  );
}

async function replaceColumns(
  run: RunSql,
  datasetId: string,
  { columns, hasNull }: WrittenRows,
): Promise<void> {
  const values = columns.map(({ name, type }, position) => ({
    position,
    name,
    type,
    nullable: hasNull[position] ?? false,
  }));
  await run('DELETE FROM dataset_column WHERE dataset_id = $1', [datasetId]);
  await run(
    `INSERT INTO dataset_column (dataset_id, position, name, type, nullable)
     SELECT $1, position, name, type, nullable
     FROM jsonb_to_recordset($2::jsonb) AS t (position int, name text, type text, nullable boolean)`,
    [datasetId, JSON.stringify(values)],
  );
}
