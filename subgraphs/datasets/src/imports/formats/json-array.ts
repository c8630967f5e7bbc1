import { ImportFailure } from '../import-failure.ts';
import { readJsonRecord } from './json-record.ts';
import {
  assertRecordSize,
  type BrokenRecord,
  type ReadRecords,
  type SourceRecord,
} from './record.ts';

/** Reads an array of objects element by element: JSON.parse gets one at a time, never the file. */
export const readJsonArray: ReadRecords = async function* readJsonArray(pieces) {
  const scanner = createScanner();
  for await (const piece of pieces) {
    const records = scanner.scan(piece);
    if (records.length > 0) yield records;
  }
  scanner.end();
};

/** What the scanner expects next between elements. */
type Expectation = 'array' | 'first' | 'element' | 'comma' | 'nothing';

/** Finds the elements of the outermost array by counting brackets outside strings. */
function createScanner() {
  let expects: Expectation = 'array';
  let rest = '';
  /** How much of `rest` has been scanned. */
  let scanned = 0;
  let line = 1;
  let elements = 0;
  let elementLine = 1;
  let depth = 0;
  let inElement = false;
  let inString = false;

  const invalid = (found: string, expected: string): ImportFailure =>
    new ImportFailure(
      'INVALID_JSON',
      `Line ${line} has ${JSON.stringify(found)} where ${expected} is expected.`,
      line,
    );

  /** Handles a character between elements. */
  const takeBetween = (char: string): void => {
    if (expects === 'array') {
      if (char !== '[') throw invalid(char, 'the "[" of an array of objects');
      expects = 'first';
    } else if (expects === 'nothing') {
      throw invalid(char, 'the end of the file');
    } else if (char === ']' && expects !== 'element') {
      expects = 'nothing';
    } else if (expects === 'comma') {
      if (char !== ',') throw invalid(char, '"," or "]"');
      expects = 'element';
    } else {
      if (char === ',' || char === ']' || char === '}') throw invalid(char, 'an object');
      inElement = true;
      elementLine = line;
      elements += 1;
    }
  };

  return {
    scan(piece: string) {
      const records: (SourceRecord | BrokenRecord)[] = [];
      const text = rest + piece;
      let start = 0;
      let at = scanned;
      const finish = (end: number): void => {
        records.push(readJsonRecord(text.slice(start, end).trimEnd(), elementLine));
        inElement = false;
        expects = 'comma';
      };
      for (; at < text.length; at += 1) {
        const code = text.charCodeAt(at);
        if (code === 10) line += 1;
        if (inString) {
          if (code === 92) at += 1;
          else if (code === 34) inString = false;
          continue;
        }
        if (!inElement) {
          if (code === 32 || code === 9 || code === 10 || code === 13) continue;
          takeBetween(text.charAt(at));
          if (!inElement) continue;
          start = at;
        }
        if (code === 34) {
          inString = true;
        } else if (code === 123 || code === 91) {
          depth += 1;
        } else if (depth > 0 && (code === 125 || code === 93)) {
          depth -= 1;
          if (depth === 0) finish(at + 1);
        } else if (depth === 0 && (code === 44 || code === 93)) {
          finish(at);
          takeBetween(text.charAt(at));
        }
      }
      rest = inElement ? text.slice(start) : '';
      // A backslash at the very end skips one character of the next piece.
      scanned = inElement ? at - start : at - text.length;
      assertRecordSize(rest.length, elementLine);
      return records;
    },
    /** @throws {ImportFailure} if the file ends before the array does. */
    end() {
      if (expects === 'nothing') return;
      if (inElement) {
        throw new ImportFailure(
          'TRUNCATED_FILE',
          `The file ends inside record ${elements} (line ${elementLine}). It seems to be truncated: save or download it again.`,
          elementLine,
        );
      }
      if (expects === 'array') return;
      throw new ImportFailure(
        'TRUNCATED_FILE',
        `The file ends after record ${elements} without the closing "]". It seems to be truncated: save or download it again.`,
        line,
      );
    },
  };
}
