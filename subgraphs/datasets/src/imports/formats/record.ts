import type { Cell } from '../../values/reading.ts';
import { ImportFailure } from '../import-failure.ts';

/** A row of a CSV, or an object of a JSON file. */
export interface SourceRecord {
  /** Where it begins, counted from 1. */
  readonly line: number;
  readonly cells: readonly Cell[];
  /** The names of the cells, where each record has its own (JSON); else they go by position. */
  readonly names?: readonly string[];
}

/** A record that cannot be read as one. */
export interface BrokenRecord {
  readonly line: number;
  readonly reason: string;
  readonly value: string;
}

/** Cuts a text that comes in pieces into records, in order; as many at once as a piece had. */
export type ReadRecords = (
  pieces: AsyncIterable<string>,
) => AsyncGenerator<(SourceRecord | BrokenRecord)[], void>;

/** The most characters that one record may have: more are not held in memory. */
const MAX_RECORD = 16 * 1024 * 1024;

/** @throws {ImportFailure} RECORD_TOO_LARGE */
export function assertRecordSize(length: number, line: number): void {
  if (length <= MAX_RECORD) return;
  throw new ImportFailure(
    'RECORD_TOO_LARGE',
    `The record that begins on line ${line} is larger than 16 MB. If it should not be, look for a quote or bracket that is not closed.`,
    line,
  );
}
