import { type ColumnType, isNumber } from '../datasets/column-type.ts';
import type { Measure } from './series.ts';

/** Aggregates y, min, max and count over rows with x, y and id. They keep the column's type, and with it every digit. */
export const aggregatesOf = (measure: Measure, type: ColumnType, time: string): string =>
  isNumber(type)
    ? `${measureOf(measure, type, time)} AS y, min(y) AS min, max(y) AS max, count(*) AS count`
    : `count(*) AS y, NULL::float8 AS min, NULL::float8 AS max, count(*) AS count`;

/** A zero that makes division keep 16 digits after the point; avg() rounds long numbers to whole ones. */
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
 * The y of the first or last row: the least or greatest array of x, id and y, in constant memory. The items of an array
 * have one type, and a float cannot hold an instant to the microsecond: of a FLOAT column x takes two items.
 */
function edge(aggregate: 'min' | 'max', type: ColumnType, time: string): string {
  const instant =
    type === 'FLOAT'
      ? [`date_part('epoch', date_trunc('minute', ${time}))`, `date_part('microseconds', ${time})`]
      : [`extract(epoch FROM ${time})`];
  const items = [...instant, 'id', 'y'];
  return `(${aggregate}(ARRAY[${items.join(', ')}]))[${items.length}]`;
}
