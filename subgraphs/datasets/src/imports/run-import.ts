import type { Logger } from '@affluent/service';
import type { Job } from '@affluent/subgraph';
import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import type { Client } from 'pg';

import type { BlobStore } from '../blobs/blob-store.ts';
import { runIn, runOn } from '../database.ts';
import { dropTable, dropUnpublishedTable, tableNameOf } from '../storage/table-ddl.ts';
import { failureOf, ImportFailure } from './import-failure.ts';
import { openSession } from './import-session.ts';
import { Import, IMPORTS_CHANNEL } from './import.ts';
import { inspectFile } from './inspect-file.ts';
import { planKnownColumns, planNewColumns } from './plan-columns.ts';
import { newProgress, type Progress, reportProgress, writeRejects } from './progress.ts';
import { publish } from './publish.ts';
import { stageRows } from './stage-rows.ts';

const MAX_ATTEMPTS = 20;

interface ImporterOptions {
  readonly orm: MikroORM;
  readonly databaseUrl: string;
  readonly uploads: BlobStore;
  readonly log: Logger;
}

/**
 * Returns the function that imports an uploaded file. It may be called again for the same import after a crash: it starts
 * over, unless the import has ended.
 */
export function createImporter({ orm, databaseUrl, uploads, log }: ImporterOptions) {
  return async ({ id: importId, attempt, signal: stopped }: Job): Promise<void> => {
    const cancelled = new AbortController();
    const signal = AbortSignal.any([stopped, cancelled.signal]);
    const em = orm.em.fork();
    {
      await using session = await openSession({ orm, databaseUrl, importId, signal });
      const { client } = session;
      if (await begin(client, importId)) {
        const progress = newProgress();
        try {
          await using _report = reportProgress({
            em: orm.em.fork(),
            importId,
            progress,
            onEnded: () => cancelled.abort(),
            onError: (error) => log.warn({ err: error, importId }, 'progress was not written'),
          });
          if (attempt > MAX_ATTEMPTS) throw interrupted();
          await importFile({ em, client, importId, uploads, progress, signal });
        } catch (error) {
          const failure = failureOf(error);
          if (stopped.aborted || !(failure || cancelled.signal.aborted)) throw error;
          if (failure && !cancelled.signal.aborted) {
            await fail({ em, client, importId, progress, failure });
          }
        }
      }
    }
    await dropUnpublishedTable(runIn(em), tableNameOf(importId));
    await uploads.remove(importId);
  };
}

/** @returns false if the import has already ended. */
async function begin(client: Client, importId: string): Promise<boolean> {
  const { rowCount } = await client.query(
    `UPDATE import
     SET status = 'RUNNING', started_at = coalesce(started_at, now()), bytes_read = 0, rows_imported = 0,
       rows_rejected = 0
     WHERE id = $1 AND status IN ('QUEUED', 'RUNNING')
     RETURNING pg_notify('${IMPORTS_CHANNEL}', $1::text)`,
    [importId],
  );
  await client.query('DELETE FROM reject WHERE import_id = $1', [importId]);
  return rowCount === 1;
}

async function importFile({
  em,
  client,
  importId,
  uploads,
  progress,
  signal,
}: {
  readonly em: EntityManager;
  readonly client: Client;
  readonly importId: string;
  readonly uploads: BlobStore;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}): Promise<void> {
  const { mode, format, fileName, options, dataset } = await em.findOneOrFail(Import, importId, {
    populate: ['dataset.columns'],
  });
  const { id: datasetId, tableName: replaces = null, columns: known } = dataset.getEntity();
  const open = () => uploads.open(importId);
  const inspection = await inspectFile({ open, fileName, format, options, signal });
  progress.format = inspection.format;
  const columns =
    mode === 'APPEND'
      ? planKnownColumns(inspection, known.getItems())
      : planNewColumns(inspection, options);
  const tableName = tableNameOf(importId);
  const hasNull = await stageRows({
    client,
    tableName,
    open,
    inspection,
    columns,
    progress,
    signal,
  });
  signal.throwIfAborted();
  await writeRejects(em, importId, progress);
  await publish({
    client,
    importId,
    datasetId,
    mode,
    staged: { tableName, columns },
    replaces,
    hasNull,
    progress,
  });
}

async function fail({
  em,
  client,
  importId,
  progress,
  failure,
}: {
  readonly em: EntityManager;
  readonly client: Client;
  readonly importId: string;
  readonly progress: Progress;
  readonly failure: ImportFailure;
}): Promise<void> {
  await writeRejects(em, importId, progress);
  await dropTable(runOn(client), tableNameOf(importId));
  await client.query(
    `UPDATE import
     SET status = 'FAILED', finished_at = now(), error_code = $2, error_message = $3, error_line = $4,
       bytes_read = $5, rows_rejected = $6, rows_imported = 0, format = coalesce($7, format)
     WHERE id = $1 AND status = 'RUNNING'
     RETURNING pg_notify('${IMPORTS_CHANNEL}', $1::text)`,
    [
      importId,
      failure.code,
      failure.message,
      failure.line,
      progress.bytesRead,
      progress.rowsRejected,
      progress.format,
    ],
  );
}

const interrupted = (): ImportFailure =>
  new ImportFailure(
    'INTERRUPTED',
    `The import was interrupted ${MAX_ATTEMPTS} times by a stop or a crash of the server. Import the file again.`,
  );
