import type { Cell } from '../../values/reading.ts';
import { ImportFailure } from '../import-failure.ts';

/** A row of a CSV, or an object of a JSON file. */
export interface SourceRecord {
  /** Its first line, counted from 1. */
  readonly line: number;
  readonly cells: readonly Cell[];
  /** The names of the cells if each record has its own (JSON); otherwise cells match columns by position. */
  readonly names?: readonly string[];
}

/** A malformed record. */
export interface BrokenRecord {
  readonly line: number;
  readonly reason: string;
  readonly value: string;
}

/** Splits a text that arrives in pieces into records, in order. Yields the records of each piece together. */
export type ReadRecords = (
  pieces: AsyncIterable<string>,
) => AsyncGenerator<(SourceRecord | BrokenRecord)[], void>;

/** In characters: a record is held in memory. */
const MAX_RECORD_LENGTH = 16 * 1024 * 1024;

/** @throws {ImportFailure} RECORD_TOO_LARGE */
export function assertRecordSize(length: number, line: number): void {
  if (length <= MAX_RECORD_LENGTH) return;
  throw new ImportFailure(
    'RECORD_TOO_LARGE',
    `The record that begins on line ${line} is larger than 16 MB. Look for a quote or bracket that is not closed.`,
    line,
  );
}
