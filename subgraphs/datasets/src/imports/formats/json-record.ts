import { isTooDeep, MAX_DEPTH, parseExactly } from '../../values/json.ts';
import type { BrokenRecord, SourceRecord } from './record.ts';

/** Reads one object of a JSON file. */
export function readJsonRecord(text: string, line: number): SourceRecord | BrokenRecord {
  const broken = (reason: string): BrokenRecord => ({ line, reason, value: text });
  let value: unknown;
  try {
    value = parseExactly(text);
  } catch (error) {
    // The parser's stack overflows for deep nesting.
    if (error instanceof RangeError) return broken(TOO_DEEP);
    return broken(`is not valid JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (typeof value !== 'object' || value === null || JSON.isRawJSON(value)) {
    return broken('is not an object');
  }
  if (Array.isArray(value)) return broken('is an array, not an object');
  if (isTooDeep(value)) return broken(TOO_DEEP);
  return { line, names: Object.keys(value), cells: Object.values(value) };
}

const TOO_DEEP = `is nested more than ${MAX_DEPTH} levels deep`;
