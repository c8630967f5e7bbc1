import type { EntityManager } from '@mikro-orm/postgresql';

import { query } from '../database.ts';
import type { ImportFormat } from './import-options.ts';
import { IMPORTS_CHANNEL } from './import.ts';
import type { Rejection } from './row-reader.ts';

const EVERY_MILLISECONDS = 250;

/** Counters of a running import, saved four times a second. */
export interface Progress {
  format: ImportFormat | undefined;
  bytesRead: number;
  rowsImported: number;
  rowsRejected: number;
  /** Rejections that are not saved yet. */
  unwritten: Rejection[];
}

export const newProgress = (): Progress => ({
  format: undefined,
  bytesRead: 0,
  rowsImported: 0,
  rowsRejected: 0,
  unwritten: [],
});

/**
 * Saves progress at intervals and notifies subscribers, until disposed.
 * @param onEnded - called if the import was cancelled.
 */
export function reportProgress({
  em,
  importId,
  progress,
  onEnded,
  onError,
}: {
  readonly em: EntityManager;
  readonly importId: string;
  readonly progress: Progress;
  readonly onEnded: () => void;
  readonly onError: (error: unknown) => void;
}) {
  let writing: Promise<void> = Promise.resolve();
  let isWriting = false;
  const write = async (): Promise<void> => {
    await writeRejects(em, importId, progress);
    const { bytesRead, rowsImported, rowsRejected, format } = progress;
    const running = await query<{ id: string }>(
      em,
      `UPDATE import SET bytes_read = $2, rows_imported = $3, rows_rejected = $4, format = coalesce($5, format)
       WHERE id = $1 AND status = 'RUNNING'
       RETURNING id, pg_notify('${IMPORTS_CHANNEL}', $1::text)`,
      [importId, bytesRead, rowsImported, rowsRejected, format],
    );
    if (running.length === 0) onEnded();
  };
  const timer = setInterval(() => {
    if (isWriting) return;
    isWriting = true;
    writing = write()
      .catch(onError)
      .finally(() => {
        isWriting = false;
      });
  }, EVERY_MILLISECONDS);
  return {
    /** Waits for a running write. */
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      await writing;
    },
  };
}

/** Saves the rejections that are not saved yet. */
export async function writeRejects(
  em: EntityManager,
  importId: string,
  progress: Progress,
): Promise<void> {
  const rejects = progress.unwritten;
  if (rejects.length === 0) return;
  progress.unwritten = [];
  await query(
    em,
    `INSERT INTO reject (import_id, ordinal, line, "column", value, reason)
     SELECT $1, $2 + n, (r->>'line')::bigint, r->>'column', r->>'value', r->>'reason'
     FROM jsonb_array_elements($3::jsonb) WITH ORDINALITY AS t (r, n)`,
    [importId, progress.rowsRejected - rejects.length, JSON.stringify(rejects)],
  );
}
