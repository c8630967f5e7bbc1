import type { Row } from '../storage/write-rows.ts';
import { Misfit, readCell } from '../values/reading.ts';
import type { BrokenRecord, SourceRecord } from './formats/record.ts';
import type { PlannedColumn } from './plan-columns.ts';

/** A row that was not imported, and why. */
export interface Rejection {
  readonly line: number;
  readonly column: string | null;
  readonly value: string | null;
  readonly reason: string;
}

const SHOWN = 200;

/**
 * Returns a function that converts records to rows of the planned columns.
 * @param fileColumns - names of the cells by position, for records without names of their own.
 */
export function createRowReader(
  columns: readonly PlannedColumn[],
  fileColumns: readonly string[],
): (record: SourceRecord | BrokenRecord) => Row | Rejection {
  const positions = new Map(columns.map(({ name }, position) => [name, position]));
  return (record) => {
    const { line } = record;
    if ('reason' in record) return rejection(line, null, record.value, record.reason);
    const { cells, names } = record;
    if (!names && cells.length !== fileColumns.length) {
      const reason = `has ${plural(cells.length, 'field')}, expected ${fileColumns.length}`;
      return rejection(line, null, cells.join(' | '), reason);
    }
    const row: Row = columns.map(() => null);
    for (const [index, name] of (names ?? fileColumns).entries()) {
      const cell = cells[index];
      const position = positions.get(name);
      const column = position === undefined ? undefined : columns[position];
      if (position === undefined || !column) {
        if (cell === null) continue;
        return rejection(line, name, cell, 'is in none of the columns of the dataset');
      }
      const value = readCell(cell, column.reading);
      if (value instanceof Misfit) return rejection(line, name, cell, value.reason);
      row[position] = value;
    }
    return row;
  };
}

const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

function rejection(line: number, column: string | null, cell: unknown, reason: string): Rejection {
  const text = typeof cell === 'string' ? cell : (JSON.stringify(cell) ?? '');
  return { line, column: column && shown(column), value: shown(text), reason: shown(reason) };
}

/** A storable excerpt: the rejected value may hold characters that PostgreSQL refuses. */
const shown = (text: string): string =>
  text.slice(0, SHOWN).toWellFormed().replaceAll('\0', '\u{FFFD}');
