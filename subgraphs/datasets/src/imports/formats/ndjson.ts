import { readJsonRecord } from './json-record.ts';
import {
  assertRecordSize,
  type BrokenRecord,
  type ReadRecords,
  type SourceRecord,
} from './record.ts';

/** Reads one object per line. Skips blank lines; a line that is not an object is a broken record. */
export const readNdjson: ReadRecords = async function* readNdjson(pieces) {
  let rest = '';
  let line = 1;
  const read = (text: string): (SourceRecord | BrokenRecord)[] =>
    text.trim() === '' ? [] : [readJsonRecord(text, line)];
  for await (const piece of pieces) {
    const records: (SourceRecord | BrokenRecord)[] = [];
    const text = rest + piece;
    let start = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      records.push(...read(text.slice(start, end)));
      start = end + 1;
      line += 1;
    }
    rest = text.slice(start);
    assertRecordSize(rest.length, line);
    if (records.length > 0) yield records;
  }
  const last = read(rest);
  if (last.length > 0) yield last;
};
