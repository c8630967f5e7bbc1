import { DomainError } from '@affluent/subgraph';

import { isNumber, isTime } from '../datasets/column-type.ts';
import type { Column } from '../datasets/column.ts';
import { columnRef, tableRef } from '../datasets/data-table.ts';
import type { Measure, SeriesInput } from './series.ts';

/** The parts of SQL that all statements of one series share. */
export interface SeriesQuery {
  /** Rows with columns x (as stored, so that its index serves), y, g (text or null), id; parameters $1 (from), $2 (to). */
  readonly rows: string;
  /** The x of such a row as a timestamp in UTC. */
  readonly time: string;
  readonly parameters: readonly [from: Date | null, to: Date | null];
  readonly isGrouped: boolean;
  /** Aggregates y, min, max and count of such rows. */
  readonly aggregates: string;
}

/** @throws {DomainError} BAD_USER_INPUT naming the column that does not do. */
export function planSeries(
  { x, y, measure, groupBy, from, to }: SeriesInput,
  { tableName, columns }: { readonly tableName: string; readonly columns: readonly Column[] },
): SeriesQuery {
  const xColumn = columnNamed(columns, x, 'x');
  const yColumn = columnNamed(columns, y, 'y');
  if (!isTime(xColumn.type)) {
    throw bad(`x must be a DATE or TIMESTAMP column; ${quoted(x)} is ${xColumn.type}.`);
  }
  const isNumeric = isNumber(yColumn.type);
  if (!isNumeric && measure !== 'COUNT') {
    throw bad(`y must be a column of numbers for ${measure}; ${quoted(y)} is ${yColumn.type}.`);
  }
  const group = groupBy ? columnRef(columnNamed(columns, groupBy, 'groupBy').position) : undefined;
  const xRef = columnRef(xColumn.position);
  const yRef = columnRef(yColumn.position);
  const isDate = xColumn.type === 'DATE';
  // Compared with a date, not with a moment: row security leaves the index to comparisons that cannot leak, and that of a
  // date with a moment is not among them.
  const [first, last] = isDate
    ? [
        `($1::timestamptz AT TIME ZONE 'UTC' + interval '1 day - 1 microsecond')::date`,
        `($2::timestamptz AT TIME ZONE 'UTC')::date`,
      ]
    : ['$1::timestamptz', '$2::timestamptz'];
  return {
    rows: `
      SELECT ${xRef} AS x, ${isNumeric ? `${yRef}::double precision` : `${yRef}`} AS y, ${group ? `${group}::text` : 'NULL::text'} AS g, id
      FROM ${tableRef(tableName)}
      WHERE ${xRef} IS NOT NULL AND ${yRef} IS NOT NULL
        AND ($1::timestamptz IS NULL OR ${xRef} >= ${first})
        AND ($2::timestamptz IS NULL OR ${xRef} <= ${last})`,
    time: isDate ? 'x::timestamp' : `x AT TIME ZONE 'UTC'`,
    parameters: [from ?? null, to ?? null],
    isGrouped: group !== undefined,
    aggregates: isNumeric
      ? `${MEASURES[measure]} AS y, min(y) AS min, max(y) AS max, count(*)::float8 AS count`
      : `count(*)::float8 AS y, NULL::float8 AS min, NULL::float8 AS max, count(*)::float8 AS count`,
  };
}

/** An array of x, id and y is compared from the left: the least one carries the first y, in constant memory. */
const ORDERED = 'ARRAY[extract(epoch FROM x)::double precision, id::double precision, y]';

const MEASURES: Readonly<Record<Measure, string>> = {
  COUNT: 'count(*)::float8',
  SUM: 'sum(y)',
  AVG: 'avg(y)',
  MIN: 'min(y)',
  MAX: 'max(y)',
  FIRST: `(min(${ORDERED}))[3]`,
  LAST: `(max(${ORDERED}))[3]`,
};

const quoted = (name: string): string => JSON.stringify(name);
const bad = (message: string): DomainError => new DomainError('BAD_USER_INPUT', message);

function columnNamed(columns: readonly Column[], name: string, argument: string): Column {
  const column = columns.find((candidate) => candidate.name === name);
  if (!column) throw bad(`${argument}: the dataset has no column ${quoted(name)}.`);
  return column;
}
