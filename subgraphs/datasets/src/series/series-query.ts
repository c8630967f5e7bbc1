import { DomainError, type ErrorReason } from '@affluent/subgraph';

import { type ColumnType, isNumber, isTime } from '../datasets/column-type.ts';
import type { Column } from '../datasets/column.ts';
import { columnRef, tableRef } from '../datasets/data-table.ts';
import type { Measure, SeriesInput } from './series.ts';

/** The parts of SQL that all statements of one series share. */
export interface SeriesQuery {
  /** Rows with columns x (as stored, so that its index serves), y, g (text or null), id; parameters $1 (from), $2 (to). */
  readonly rows: string;
  /** The x of such a row as a timestamp in UTC. */
  readonly time: string;
  readonly parameters: readonly [from: string | null, to: string | null];
  readonly isGrouped: boolean;
  /** Aggregates y, min, max (in the type of the column, so that no digit is lost) and count of such rows. */
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
    throw bad(
      'TIME_COLUMN',
      `x must be a DATE or TIMESTAMP column; ${quoted(x)} is ${xColumn.type}.`,
    );
  }
  const isNumeric = isNumber(yColumn.type);
  if (!isNumeric && measure !== 'COUNT') {
    throw bad(
      'NUMBER_COLUMN',
      `y must be a column of numbers for ${measure}; ${quoted(y)} is ${yColumn.type}.`,
    );
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
  const time = isDate ? 'x::timestamp' : `x AT TIME ZONE 'UTC'`;
  return {
    rows: `
      SELECT ${xRef} AS x, ${yRef} AS y, ${group ? `${group}::text` : 'NULL::text'} AS g, id
      FROM ${tableRef(tableName)}
      WHERE ${xRef} IS NOT NULL AND ${yRef} IS NOT NULL
        AND ($1::timestamptz IS NULL OR ${xRef} >= ${first})
        AND ($2::timestamptz IS NULL OR ${xRef} <= ${last})`,
    time,
    parameters: [from ?? null, to ?? null],
    isGrouped: group !== undefined,
    aggregates: isNumeric
      ? `${measureOf(measure, yColumn.type, time)} AS y, min(y) AS min, max(y) AS max, count(*) AS count`
      : `count(*) AS y, NULL::float8 AS min, NULL::float8 AS max, count(*) AS count`,
  };
}

/** A zero that makes a division keep 16 digits after the point, where avg() rounds long numbers to whole ones. */
const SIXTEEN_DIGITS = '0.0000000000000000';

function measureOf(measure: Measure, type: ColumnType, time: string): string {
  switch (measure) {
    case 'COUNT':
      return 'count(*)';
    case 'SUM':
      return 'sum(y)';
    case 'AVG':
      return type === 'FLOAT' ? 'avg(y)' : `trim_scale((sum(y) + ${SIXTEEN_DIGITS}) / count(*))`;
    case 'MIN':
      return 'min(y)';
    case 'MAX':
      return 'max(y)';
    case 'FIRST':
      return edge('min', type, time);
    case 'LAST':
      return edge('max', type, time);
  }
}

/**
 * The y of the first or last row. Arrays of x, id and y are compared from the left: the least one carries the first y, in
 * constant memory. All items of an array have one type: a float would not keep an instant to the microsecond.
 */
function edge(aggregate: 'min' | 'max', type: ColumnType, time: string): string {
  const instant =
    type === 'FLOAT'
      ? [`date_part('epoch', date_trunc('minute', ${time}))`, `date_part('microseconds', ${time})`]
      : [`extract(epoch FROM ${time})`];
  const items = [...instant, 'id', 'y'];
  return `(${aggregate}(ARRAY[${items.join(', ')}]))[${items.length}]`;
}

const quoted = (name: string): string => JSON.stringify(name);
const bad = (reason: ErrorReason, message: string): DomainError =>
  new DomainError('BAD_USER_INPUT', message, { reason });

function columnNamed(columns: readonly Column[], name: string, argument: string): Column {
  const column = columns.find((candidate) => candidate.name === name);
  if (!column)
    throw bad('UNKNOWN_COLUMN', `${argument}: the dataset has no column ${quoted(name)}.`);
  return column;
}
