import type { Client } from 'pg';

import { type RunSql, runOn } from '../database.ts';
import { commitRows, type LockedDataset, type WrittenRows } from '../storage/commit-rows.ts';
import { type DataTable, dropTable, finishTable } from '../storage/table-ddl.ts';
import { insertStagedRows } from '../storage/write-rows.ts';
import type { ImportMode } from './import-options.ts';
import { IMPORTS_CHANNEL } from './import.ts';
import type { Progress } from './progress.ts';

interface PublishOptions {
  readonly client: Client;
  readonly importId: string;
  readonly datasetId: string;
  readonly mode: ImportMode;
  /** The filled table. */
  readonly staged: DataTable;
  /** The dataset's table when the columns were planned. */
  readonly replaces: string | null;
  readonly hasNull: readonly boolean[];
  readonly progress: Progress;
}

/**
 * Makes the staged rows part of the dataset and ends the import as SUCCEEDED, in one transaction.
 * @returns false, with nothing changed, if the import has ended in the meantime: it was cancelled.
 */
export async function publish(options: PublishOptions): Promise<boolean> {
  const { client, datasetId, mode, staged } = options;
  const run = runOn(client);
  if (mode !== 'APPEND') await finishTable(run, staged);
  await run('BEGIN');
  try {
    const isRunning = await endImport(run, options);
    if (isRunning) {
      const write = (before: LockedDataset) => moveRows(run, options, before);
      await commitRows({ run, datasetId, kind: mode, write });
    }
    await run(isRunning ? 'COMMIT' : 'ROLLBACK');
    return isRunning;
  } catch (error) {
    await run('ROLLBACK');
    throw error;
  }
}

async function endImport(run: RunSql, { importId, progress }: PublishOptions): Promise<boolean> {
  const ended = await run(
    `UPDATE import
     SET status = 'SUCCEEDED', finished_at = now(), bytes_read = $2, rows_imported = $3, rows_rejected = $4
     WHERE id = $1 AND status = 'RUNNING'
     RETURNING pg_notify('${IMPORTS_CHANNEL}', $1::text)`,
    [importId, progress.bytesRead, progress.rowsImported, progress.rowsRejected],
  );
  return ended.length === 1;
}

/** Moves the rows of an APPEND to the dataset's table; else the staged table takes that table's place. */
async function moveRows(
  run: RunSql,
  { mode, staged, replaces, hasNull, progress }: PublishOptions,
  { tableName: present, lastRowId }: LockedDataset,
): Promise<WrittenRows> {
  if (present !== replaces) throw new Error('The dataset was replaced during the import.');
  const { columns } = staged;
  let { tableName } = staged;
  if (mode === 'APPEND' && present !== null) {
    tableName = present;
    const staging = staged.tableName;
    await insertStagedRows(run, { tableName, columns }, { staging, lastRowId });
    await dropTable(run, staging);
  } else if (present !== null) {
    await dropTable(run, present);
  }
  return { tableName, columns, count: progress.rowsImported, hasNull };
}
