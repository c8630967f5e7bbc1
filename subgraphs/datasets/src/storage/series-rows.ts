import { columnRef, type DataTable, tableRef } from './table-ddl.ts';

export interface SeriesColumns {
  /** Positions of columns; x is a DATE or TIMESTAMP. */
  readonly x: number;
  readonly y: number;
  readonly group: number | null;
}

/**
 * Selects the rows of a series: id, x as stored (so that its index serves), y, and g as text or null. Parameters $1 and $2
 * limit x, inclusive; null is no limit.
 */
export function selectSeriesRows(
  { tableName, columns }: DataTable,
  { x, y, group }: SeriesColumns,
): string {
  const [xRef, yRef] = [columnRef(x), columnRef(y)];
  // A date is compared with a date. With a timestamp, row-level security would rule out the index: the operator is not
  // leakproof.
  const [first, last] =
    columns[x]?.type === 'DATE'
      ? [
          `($1::timestamptz AT TIME ZONE 'UTC' + interval '1 day - 1 microsecond')::date`,
          `($2::timestamptz AT TIME ZONE 'UTC')::date`,
        ]
      : ['$1::timestamptz', '$2::timestamptz'];
  return `
    SELECT ${xRef} AS x, ${yRef} AS y, ${group === null ? 'NULL' : columnRef(group)}::text AS g, id
    FROM ${tableRef(tableName)}
    WHERE ${xRef} IS NOT NULL AND ${yRef} IS NOT NULL
      AND ($1::timestamptz IS NULL OR ${xRef} >= ${first})
      AND ($2::timestamptz IS NULL OR ${xRef} <= ${last})`;
}
