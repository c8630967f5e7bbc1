import type { Client } from 'pg';

import { columnRefs, dropTableSql, finishTableSql, tableRef } from '../datasets/data-table.ts';
import { CHANNELS } from '../notifications/channels.ts';
import type { ImportMode } from './import-options.ts';
import type { PlannedColumn } from './plan-columns.ts';
import type { Progress } from './progress.ts';

interface PublishOptions {
  readonly client: Client;
  readonly importId: string;
  readonly datasetId: string;
  readonly mode: ImportMode;
  /** The filled table. */
  readonly tableName: string;
  /** The dataset's table when the columns were planned. */
  readonly replaces: string | null;
  readonly columns: readonly PlannedColumn[];
  readonly hasNull: readonly boolean[];
  readonly progress: Progress;
}

/**
 * Makes the staged rows part of the dataset, and ends the import as SUCCEEDED: both or neither, in one transaction.
 * @returns false, with nothing changed, when the import has ended in the meantime: it was cancelled.
 */
export async function publish(options: PublishOptions): Promise<boolean> {
  const { client, mode, tableName, columns } = options;
  if (mode !== 'APPEND') {
    for (const sql of finishTableSql(tableName, columns)) await client.query(sql);
  }
  await client.query('BEGIN');
  try {
    const isPublished = (await endImport(options)) && (await moveRows(options));
    await client.query(isPublished ? 'COMMIT' : 'ROLLBACK');
    return isPublished;
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
}

async function endImport({ client, importId, progress }: PublishOptions): Promise<boolean> {
  const { rowCount } = await client.query(
    `UPDATE import
     SET status = 'SUCCEEDED', finished_at = now(), bytes_read = $2, rows_imported = $3, rows_rejected = $4
     WHERE id = $1 AND status = 'RUNNING'
     RETURNING pg_notify('${CHANNELS.importProgressed}', $1::text)`,
    [importId, progress.bytesRead, progress.rowsImported, progress.rowsRejected],
  );
  return rowCount === 1;
}

interface DatasetRow {
  readonly table_name: string | null;
  readonly last_row_id: string;
  readonly last_append: string;
}

async function moveRows(options: PublishOptions): Promise<boolean> {
  const { client, datasetId, mode, tableName, replaces, columns, hasNull, progress } = options;
  const { rows } = await client.query<DatasetRow>(
    'SELECT table_name, last_row_id, last_append FROM dataset WHERE id = $1 FOR UPDATE',
    [datasetId],
  );
  const [dataset] = rows;
  if (!dataset || dataset.table_name !== replaces) {
    throw new Error('The dataset was replaced while rows for it were read.');
  }
  const count = progress.rowsImported;
  const offset = mode === 'APPEND' ? Number(dataset.last_row_id) : 0;
  const table = mode === 'APPEND' && replaces !== null ? replaces : tableName;
  if (table !== tableName) {
    const refs = columnRefs(columns);
    await client.query(
      `INSERT INTO ${tableRef(table)} (id${refs})
       SELECT $1::bigint + id${refs} FROM ${tableRef(tableName)} ORDER BY id`,
      [offset],
    );
    await client.query(dropTableSql(tableName));
  } else if (replaces !== null) {
    await client.query(dropTableSql(replaces));
  }
  await writeColumns({ client, datasetId, columns, hasNull, isNew: mode !== 'APPEND' });
  const isNewDataset = mode === 'CREATE';
  const sequence = Number(dataset.last_append) + (isNewDataset ? 0 : 1);
  await client.query(
    `UPDATE dataset
     SET table_name = $2, row_count = CASE WHEN $3 THEN row_count ELSE 0 END + $4, last_row_id = $5,
       last_append = $6, updated_at = now()
     WHERE id = $1`,
    [datasetId, table, mode === 'APPEND', count, offset + count, sequence],
  );
  if (!isNewDataset) {
    await client.query(
      `INSERT INTO append (dataset_id, sequence, table_name, first_row_id, last_row_id, appended_at)
       VALUES ($1, $2, $3, $4, $5, now())`,
      [datasetId, sequence, table, offset + 1, offset + count],
    );
    await client.query(`SELECT pg_notify('${CHANNELS.appended}', $1)`, [datasetId]);
  }
  return true;
}

async function writeColumns({
  client,
  datasetId,
  columns,
  hasNull,
  isNew,
}: Pick<PublishOptions, 'client' | 'datasetId' | 'columns' | 'hasNull'> & {
  readonly isNew: boolean;
}): Promise<void> {
  if (isNew) await client.query('DELETE FROM dataset_column WHERE dataset_id = $1', [datasetId]);
  const values = columns.map(({ name, type }, position) => ({
    position,
    name,
    type,
    nullable: hasNull[position] ?? false,
  }));
  await client.query(
    `INSERT INTO dataset_column (dataset_id, position, name, type, nullable)
     SELECT $1, position, name, type, nullable
     FROM jsonb_to_recordset($2::jsonb) AS t (position int, name text, type text, nullable boolean)
     ON CONFLICT (dataset_id, position) DO UPDATE
     SET nullable = dataset_column.nullable OR excluded.nullable`,
    [datasetId, JSON.stringify(values)],
  );
}
