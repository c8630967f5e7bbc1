import { pipeline } from 'node:stream/promises';

import type { Client } from 'pg';

import type { BlobReader } from '../blobs/blob-store.ts';
import { runOn } from '../database.ts';
import { createTable } from '../storage/table-ddl.ts';
import { copyInto, copyLine } from '../storage/write-rows.ts';
import { readTextFile } from './formats/text-file.ts';
import { ImportFailure } from './import-failure.ts';
import type { Inspection } from './inspect-file.ts';
import type { PlannedColumn } from './plan-columns.ts';
import type { Progress } from './progress.ts';
import { createRowReader } from './row-reader.ts';

const MAX_REJECTS = 10_000;

interface StageOptions {
  readonly client: Client;
  readonly tableName: string;
  readonly open: () => Promise<BlobReader>;
  readonly inspection: Inspection;
  readonly columns: readonly PlannedColumn[];
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/**
 * Loads the whole file into a new unpublished table with one COPY. Row ids count from 1 in file order.
 * @returns by position, whether a row has no value in the column.
 * @throws {ImportFailure}
 */
export async function stageRows(options: StageOptions): Promise<readonly boolean[]> {
  const { client, tableName, columns, progress, signal } = options;
  const table = { tableName, columns };
  await createTable(runOn(client), table);
  const hasNull = columns.map(() => false);
  await pipeline(copyText(options, hasNull), copyInto(client, table), { signal });
  if (progress.rowsImported === 0 || columns.length === 0) {
    throw new ImportFailure(
      'NO_ROWS',
      progress.rowsRejected > 0
        ? `None of the ${progress.rowsRejected.toLocaleString('en')} rows could be read. See the rejected rows.`
        : 'The file has no rows.',
    );
  }
  return hasNull;
}

async function* copyText(
  { open, inspection, columns, progress, signal }: StageOptions,
  hasNull: boolean[],
): AsyncGenerator<Buffer, void> {
  const fileColumns = inspection.columns.map(({ name }) => name);
  const toRow = createRowReader(columns, fileColumns);
  const onBytes = (bytes: number): void => {
    progress.bytesRead += bytes;
  };
  let isHeader = inspection.hasHeader;
  for await (const records of inspection.read(readTextFile({ open, signal, onBytes }))) {
    let text = '';
    for (const record of records) {
      if (isHeader) {
        isHeader = false;
        continue;
      }
      const row = toRow(record);
      if (Array.isArray(row)) {
        progress.rowsImported += 1;
        text += copyLine(progress.rowsImported, row);
        for (const [position, value] of row.entries()) if (value === null) hasNull[position] = true;
      } else {
        progress.rowsRejected += 1;
        progress.unwritten.push(row);
        if (progress.rowsRejected > MAX_REJECTS) throw tooManyRejects(row.line);
      }
    }
    if (text !== '') yield Buffer.from(text);
  }
}

const tooManyRejects = (line: number): ImportFailure =>
  new ImportFailure(
    'TOO_MANY_REJECTS',
    `More than ${MAX_REJECTS.toLocaleString('en')} rows did not fit; the import stopped at line ${line}. ` +
      'See the rejected rows, then choose other column types or correct the file.',
    line,
  );
