import type { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

import type { RunSql } from '../database.ts';
import { SQL_TYPES } from '../datasets/column-type.ts';
import { columnRefs, type DataTable, tableRef } from './table-ddl.ts';

/** One value per column, in the form of PostgreSQL's text input. */
export type Row = (string | null)[];

/** A stream that takes {@link copyLine}s and loads them in one COPY. */
export const copyInto = (client: Client, { tableName, columns }: DataTable) =>
  client.query(copyFrom(`COPY ${tableRef(tableName)} (id${columnRefs(columns)}) FROM STDIN`));

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
};

/** One line of PostgreSQL's COPY text format. */
export function copyLine(id: number, row: Row): string {
  let line = String(id);
  for (const value of row) line += value === null ? '\t\\N' : `\t${escape(value)}`;
  return `${line}\n`;
}

const escape = (value: string): string =>
  /[\\\t\n\r]/.test(value)
    ? value.replaceAll(/[\\\t\n\r]/g, (char) => ESCAPES[char] ?? char)
    : value;

/** Inserts rows with the ids that follow `lastRowId`. */
export async function insertRows(
  run: RunSql,
  { tableName, columns }: DataTable,
  { rows, lastRowId }: { readonly rows: readonly Row[]; readonly lastRowId: number },
): Promise<void> {
  const values = columns.map(({ type }, position) => `, (r->>${position})::${SQL_TYPES[type]}`);
  await run(
    `INSERT INTO ${tableRef(tableName)} (id${columnRefs(columns)})
     SELECT $1::bigint + n${values.join('')} FROM jsonb_array_elements($2::jsonb) WITH ORDINALITY AS t (r, n)`,
    [lastRowId, JSON.stringify(rows)],
  );
}

/** Copies all rows of a staging table, whose ids count from 1, with the ids that follow `lastRowId`. */
export async function insertStagedRows(
  run: RunSql,
  { tableName, columns }: DataTable,
  { staging, lastRowId }: { readonly staging: string; readonly lastRowId: number },
): Promise<void> {
  const refs = columnRefs(columns);
  await run(
    `INSERT INTO ${tableRef(tableName)} (id${refs})
     SELECT $1::bigint + id${refs} FROM ${tableRef(staging)} ORDER BY id`,
    [lastRowId],
  );
}
