import { DomainError } from '@affluent/subgraph';

import type { ColumnType } from '../datasets/column-type.ts';
import { Misfit, readCell } from '../values/reading.ts';

/**
 * Converts a point of a request to one value per column, in the form of PostgreSQL's text input.
 * @throws {DomainError} BAD_USER_INPUT naming the point and the column that does not fit.
 */
export function parsePoint(
  point: Readonly<Record<string, unknown>>,
  index: number,
  columns: readonly { readonly name: string; readonly type: ColumnType }[],
): (string | null)[] {
  const refuse = (name: string, reason: string): DomainError =>
    new DomainError(
      'BAD_USER_INPUT',
      `points[${index}], column ${JSON.stringify(name)}: ${reason}.`,
    );
  for (const name of Object.keys(point)) {
    if (!columns.some((column) => column.name === name)) {
      throw refuse(name, 'the dataset has no such column');
    }
  }
  return columns.map(({ name, type }) => {
    const value = Object.hasOwn(point, name) ? point[name] : null;
    if (value === null || value === undefined) return null;
    if (!JSON_TYPES[type].includes(typeof value)) {
      throw refuse(name, `the value must be a JSON ${JSON_TYPES[type].join(' or ')}`);
    }
    if (type === 'INTEGER' && typeof value === 'number' && !Number.isSafeInteger(value)) {
      throw refuse(name, 'the value must be a whole number; beyond 2^53 send it as a string');
    }
    const text = readCell(value, { type, dayFirst: null, emptyIsNull: false });
    if (text instanceof Misfit) throw refuse(name, `the value ${text.reason}`);
    return text;
  });
}

/** The JSON types that each column type accepts. Digits that a JSON number would lose are sent as a string. */
const JSON_TYPES: Readonly<Record<ColumnType, readonly string[]>> = {
  BOOLEAN: ['boolean'],
  INTEGER: ['number', 'string'],
  DECIMAL: ['number', 'string'],
  FLOAT: ['number'],
  TEXT: ['string'],
  DATE: ['string'],
  TIMESTAMP: ['string'],
  JSON: ['object', 'string', 'number', 'boolean'],
};
