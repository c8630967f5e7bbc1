import type { EntityManager } from '@mikro-orm/postgresql';

import { query } from '../database.ts';
import type { ColumnType } from '../datasets/column-type.ts';
import { parseForJavaScript } from '../values/json.ts';
import { columnRef, type DataTable, tableRef } from './table-ddl.ts';

export interface StoredRow {
  readonly id: string;
  /** By column name, as JSON: see the description of `DataPoint.values` in the graph. */
  readonly values: Record<string, unknown>;
}

/** Rows between two ids, exclusive: the first `limit` in order of id, or the last ones, newest first, if `backward`. */
interface RowRange {
  readonly after?: number | undefined;
  readonly before?: number | undefined;
  readonly limit: number;
  readonly backward?: boolean;
}

export async function readRows(
  em: EntityManager,
  { tableName, columns }: DataTable,
  { after = 0, before = Number.MAX_SAFE_INTEGER, limit, backward = false }: RowRange,
): Promise<StoredRow[]> {
  const selected = columns.map(({ type }, position) => {
    const ref = columnRef(position);
    return `, ${toText(ref, type)} AS ${ref}`;
  });
  const rows = await query<Record<string, unknown>>(
    em,
    `SELECT id::text AS row_id${selected.join('')} FROM ${tableRef(tableName)}
     WHERE id > $1 AND id < $2 ORDER BY id ${backward ? 'DESC' : 'ASC'} LIMIT $3`,
    [after, before, limit],
  );
  return rows.map((row) => ({
    id: String(row.row_id),
    values: Object.fromEntries(
      columns.map(({ name, type }, position) => [name, toJson(row[columnRef(position)], type)]),
    ),
  }));
}

/** Selects a column, cast to text where the driver would change the value. */
function toText(ref: string, type: ColumnType): string {
  switch (type) {
    case 'TIMESTAMP':
      return `to_char(${ref} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
    case 'DATE':
      return `to_char(${ref}, 'YYYY-MM-DD')`;
    case 'INTEGER':
    case 'DECIMAL':
    case 'JSON':
      return `${ref}::text`;
    case 'BOOLEAN':
    case 'FLOAT':
    case 'TEXT':
      return ref;
  }
}

function toJson(value: unknown, type: ColumnType): unknown {
  if (typeof value !== 'string') return value ?? null;
  if (type === 'INTEGER') return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  if (type === 'TIMESTAMP') return value.replace(/000Z$/, 'Z');
  return type === 'JSON' ? parseForJavaScript(value) : value;
}
