import type { ColumnType } from '../datasets/column-type.ts';
import { type DayFirst, readDate, readTimestamp } from './dates.ts';
import { isTooDeep, MAX_DEPTH, parseExactly } from './json.ts';
import { isDecimal, isFloat, isInteger } from './numbers.ts';

/** A value of a file: text of a CSV, or any value of a JSON file, parsed exactly (see json.ts). */
export type Cell = unknown;

/** How the values of a column are read. */
export interface Reading {
  readonly type: ColumnType;
  readonly dayFirst: DayFirst;
  /** Whether empty text in a TEXT column is null, as in a CSV. */
  readonly emptyIsNull: boolean;
}

/** Why a value does not fit its column. */
export class Misfit {
  readonly reason: string;

  constructor(reason: string) {
    this.reason = reason;
  }
}

const NAMES: Readonly<Record<ColumnType, string>> = {
  BOOLEAN: 'true or false',
  INTEGER: 'an integer of 64 bits',
  DECIMAL: 'a decimal number',
  FLOAT: 'a number that a 64-bit float represents exactly',
  TEXT: 'text',
  DATE: 'a date',
  TIMESTAMP: 'a date and time',
  JSON: 'JSON',
};

/** Converts a value to the form of PostgreSQL's text input for the column's type; null for no value. */
export function readCell(cell: Cell, reading: Reading): string | null | Misfit {
  if (cell === null || cell === undefined) return null;
  if (reading.type === 'JSON') return readJson(cell, reading);
  if (typeof cell === 'string') return readText(cell, reading);
  if (typeof cell === 'number' || typeof cell === 'boolean') return readText(`${cell}`, reading);
  if (JSON.isRawJSON(cell)) return readText(cell.rawJSON, reading);
  return new Misfit(`is a nested value, not ${NAMES[reading.type]}`);
}

function readText(text: string, { type, dayFirst, emptyIsNull }: Reading): string | null | Misfit {
  if (type === 'TEXT') {
    if (text === '') return emptyIsNull ? null : text;
    return text.includes('\0') || !text.isWellFormed() ? unstorable() : text;
  }
  const trimmed = text.trim();
  if (trimmed === '') return null;
  return convert(trimmed, type, dayFirst) ?? new Misfit(`is not ${NAMES[type]}`);
}

function convert(text: string, type: ColumnType, dayFirst: DayFirst): string | undefined {
  switch (type) {
    case 'BOOLEAN':
      return /^(?:true|false)$/i.test(text) ? text.toLowerCase() : undefined;
    case 'INTEGER':
      return isInteger(text) ? text : undefined;
    case 'FLOAT':
      return isFloat(text) ? text : undefined;
    case 'DECIMAL':
      return isDecimal(text) ? text : undefined;
    case 'DATE':
      return readDate(text, dayFirst);
    case 'TIMESTAMP':
      return readTimestamp(text, dayFirst);
    case 'TEXT':
    case 'JSON':
      return text;
  }
}

/** A JSON column of a CSV holds JSON text; in a JSON file any value is JSON. */
function readJson(cell: Cell, { emptyIsNull }: Reading): string | null | Misfit {
  let value = cell;
  if (emptyIsNull && typeof cell === 'string') {
    if (cell.trim() === '') return null;
    try {
      value = parseExactly(cell);
    } catch {
      return new Misfit('is not JSON');
    }
  }
  if (isTooDeep(value)) return new Misfit(`is nested more than ${MAX_DEPTH} levels deep`);
  const text = JSON.stringify(value);
  if (/(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/.test(text)) return unstorable();
  const hasHugeExponent = /\d[eE][+-]?\d{5}/.test(text);
  return hasHugeExponent ? new Misfit('has a number that is out of range') : text;
}

const unstorable = (): Misfit =>
  new Misfit('has a character that cannot be stored (NUL or half of a surrogate pair)');
