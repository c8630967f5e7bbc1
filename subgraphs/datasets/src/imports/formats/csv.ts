import { ImportFailure } from '../import-failure.ts';
import {
  assertRecordSize,
  type BrokenRecord,
  type ReadRecords,
  type SourceRecord,
} from './record.ts';

const QUOTE = '"';

/** Returned by `cutRecord` if the text ends before the record does. */
const INCOMPLETE = -1;

/**
 * Reads CSV (RFC 4180) with any one-character delimiter. Lines may end in LF, CRLF or CR, mixed; blank lines are
 * skipped; a quote inside an unquoted field is an ordinary character.
 *
 * csv-parse is not used: it counts a CRLF inside quotes as two lines, does not say where an unclosed quote began and
 * takes one kind of line end only.
 */
export const createCsvReader = (delimiter: string): ReadRecords =>
  async function* readCsv(pieces) {
    const cutter = createCutter(delimiter);
    let rest = '';
    for await (const piece of pieces) {
      const { records, end } = cutter.cut(rest + piece, false);
      if (records.length > 0) yield records;
      rest = (rest + piece).slice(end);
      assertRecordSize(rest.length, cutter.line());
    }
    const { records } = cutter.cut(rest, true);
    if (records.length > 0) yield records;
  };

function createCutter(delimiter: string) {
  const delimiterCode = delimiter.charCodeAt(0);
  let line = 1;
  let cells: string[] = [];
  let lineEnds = 0;
  let broken: string | undefined;

  /** The position after a line end that begins at `at`. */
  const afterLineEnd = (text: string, at: number): number => {
    lineEnds += 1;
    return text.charCodeAt(at) === 13 && text.charCodeAt(at + 1) === 10 ? at + 2 : at + 1;
  };

  /** Adds the quoted field that opens at `open`, and returns the position after its closing quote. */
  const cutQuoted = (text: string, open: number, isLast: boolean): number => {
    const openLine = line + lineEnds;
    let at = open + 1;
    let hasEscapes = false;
    for (;;) {
      const code = text.charCodeAt(at);
      if (at >= text.length) {
        if (!isLast) return INCOMPLETE;
        throw new ImportFailure(
          'UNCLOSED_QUOTE',
          `The quote that opens on line ${openLine} is never closed.`,
          openLine,
        );
      }
      if (code === 34) {
        if (at + 1 >= text.length && !isLast) return INCOMPLETE;
        if (text.charCodeAt(at + 1) !== 34) break;
        hasEscapes = true;
        at += 2;
      } else if (code === 10 || code === 13) {
        if (at + 1 >= text.length && !isLast) return INCOMPLETE;
        at = afterLineEnd(text, at);
      } else {
        at += 1;
      }
    }
    const value = text.slice(open + 1, at);
    cells.push(hasEscapes ? value.replaceAll(QUOTE + QUOTE, QUOTE) : value);
    return at + 1;
  };

  /** The position of the next delimiter or line end, or the end of the text. */
  const endOfPlain = (text: string, start: number): number => {
    let at = start;
    for (; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code === delimiterCode || code === 10 || code === 13) break;
    }
    return at;
  };

  /** Fills `cells` from the record that begins at `start`, and returns the position after it, or INCOMPLETE. */
  const cutRecord = (text: string, start: number, isLast: boolean): number => {
    cells = [];
    lineEnds = 0;
    broken = undefined;
    for (let at = start; ;) {
      if (text.charCodeAt(at) === 34) {
        const closed = cutQuoted(text, at, isLast);
        if (closed === INCOMPLETE) return INCOMPLETE;
        at = endOfPlain(text, closed);
        if (at > closed) broken = 'has text after a closing quote';
      } else {
        const end = endOfPlain(text, at);
        cells.push(text.slice(at, end));
        at = end;
      }
      if (at >= text.length) return isLast ? at : INCOMPLETE;
      if (text.charCodeAt(at) !== delimiterCode) {
        if (at + 1 >= text.length && !isLast) return INCOMPLETE;
        return afterLineEnd(text, at);
      }
      at += 1;
    }
  };

  return {
    line: () => line,
    /** Reads all complete records; `end` is the position of the first incomplete one. */
    cut(text: string, isLast: boolean) {
      const records: (SourceRecord | BrokenRecord)[] = [];
      let at = 0;
      while (at < text.length) {
        const end = cutRecord(text, at, isLast);
        if (end === INCOMPLETE) break;
        const isBlank = cells.length === 1 && cells[0] === '' && text.charCodeAt(at) !== 34;
        if (broken) records.push({ line, reason: broken, value: text.slice(at, end).trimEnd() });
        else if (!isBlank) records.push({ line, cells });
        line += lineEnds;
        at = end;
      }
      return { records, end: at };
    },
  };
}
