import { DomainError, type ErrorReason } from '@affluent/subgraph';

import { isNumber, isTime } from '../datasets/column-type.ts';
import type { SeriesColumns } from '../storage/series-rows.ts';
import type { DataTable } from '../storage/table-ddl.ts';
import type { Measure } from './series.ts';

/** A question to a dataset: what charts, dashboards, alerts and exports share. Columns are named. */
export interface QuerySpec {
  readonly x: string;
  readonly y: string;
  readonly measure: Measure;
  readonly groupBy: string | null;
  /** Limits of x as ISO 8601 instants, inclusive; null is no limit. */
  readonly range: { readonly from: string | null; readonly to: string | null };
  /** 1 to 10,000, all groups together. */
  readonly maxPoints: number;
}

/**
 * Finds the columns that a query names.
 * @throws {DomainError} BAD_USER_INPUT for a column that is missing or has an unsuitable type.
 */
export function findColumns(
  { x, y, measure, groupBy }: QuerySpec,
  columns: DataTable['columns'],
): SeriesColumns {
  const positionOf = (name: string, argument: string): number => {
    const position = columns.findIndex((column) => column.name === name);
    if (position >= 0) return position;
    throw bad('UNKNOWN_COLUMN', `${argument}: the dataset has no column ${quoted(name)}.`);
  };
  const typeAt = (position: number) => columns[position]?.type ?? 'TEXT';
  const [xPosition, yPosition] = [positionOf(x, 'x'), positionOf(y, 'y')];
  const [xType, yType] = [typeAt(xPosition), typeAt(yPosition)];
  if (!isTime(xType)) {
    throw bad('TIME_COLUMN', `x must be a DATE or TIMESTAMP column; ${quoted(x)} is ${xType}.`);
  }
  if (!isNumber(yType) && measure !== 'COUNT') {
    throw bad(
      'NUMBER_COLUMN',
      `y must be a column of numbers for ${measure}; ${quoted(y)} is ${yType}.`,
    );
  }
  return { x: xPosition, y: yPosition, group: groupBy ? positionOf(groupBy, 'groupBy') : null };
}

const quoted = (name: string): string => JSON.stringify(name);
const bad = (reason: ErrorReason, message: string): DomainError =>
  new DomainError('BAD_USER_INPUT', message, { reason });
