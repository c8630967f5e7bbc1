import type { BlobReader } from '../blobs/blob-store.ts';
import type { Cell } from '../values/reading.ts';
import { createCsvReader } from './formats/csv.ts';
import { detectDelimiter } from './formats/detect-delimiter.ts';
import { detectFormat } from './formats/detect-format.ts';
import { detectHeader } from './formats/detect-header.ts';
import { readJsonArray } from './formats/json-array.ts';
import { readNdjson } from './formats/ndjson.ts';
import type { ReadRecords, SourceRecord } from './formats/record.ts';
import { readTextFile } from './formats/text-file.ts';
import { ImportFailure } from './import-failure.ts';
import type { ImportFormat, ImportOptions } from './import-options.ts';

const SAMPLE_RECORDS = 1_000;
const SAMPLE_CHARACTERS = 1_048_576;
const MAX_COLUMNS = 1_000;

type OpenBlob = () => Promise<BlobReader>;

/** What the beginning of a file reveals. */
export interface Inspection {
  readonly format: ImportFormat;
  readonly read: ReadRecords;
  /** Whether the first record names the columns. */
  readonly hasHeader: boolean;
  /** Whether the format has typed values (JSON). */
  readonly isTyped: boolean;
  readonly columns: readonly { readonly name: string; readonly sample: readonly Cell[] }[];
}

/**
 * Inspects the first 1,000 records (up to about 1 MB) of a file.
 * @throws {ImportFailure} if the file cannot be imported.
 */
export async function inspectFile({
  open,
  fileName,
  format: wanted,
  options,
  signal,
}: {
  readonly open: OpenBlob;
  readonly fileName: string;
  readonly format: ImportFormat | null | undefined;
  readonly options: ImportOptions;
  readonly signal: AbortSignal;
}): Promise<Inspection> {
  const start = await readStart(open, signal);
  if (start.trim() === '') throw new ImportFailure('EMPTY_FILE', 'The file is empty.');
  const format = wanted ?? detectFormat(fileName, start);
  if (format === 'JSON' && start.trimStart().startsWith('{')) {
    throw new ImportFailure(
      'INVALID_JSON',
      'The file is one JSON object. An array of objects, or one object a line, can be imported.',
      1,
    );
  }
  const read = readerOf(format, start, options);
  const records = await sampleOf(read, open, signal);
  if (format === 'JSON' || format === 'NDJSON') {
    const columns = namedColumns(records);
    return { format, read, hasHeader: false, isTyped: true, columns };
  }
  const [first, ...below] = records.map(({ cells }) => cells);
  if (!first) throw new ImportFailure('NO_ROWS', 'The file has no rows.');
  const hasHeader = options.csv.header ?? detectHeader(first, below);
  const names = columnNames(hasHeader ? first : first.map(() => ''));
  const rows = hasHeader ? below : [first, ...below];
  const columns = names.map((name, position) => ({
    name,
    sample: rows.filter((row) => row.length === names.length).map((row) => row[position]),
  }));
  return { format, read, hasHeader, isTyped: false, columns };
}

function readerOf(format: ImportFormat, start: string, { csv }: ImportOptions): ReadRecords {
  switch (format) {
    case 'JSON':
      return readJsonArray;
    case 'NDJSON':
      return readNdjson;
    case 'TSV':
      return createCsvReader(csv.delimiter ?? '\t');
    case 'CSV':
      return createCsvReader(csv.delimiter ?? detectDelimiter(start));
  }
}

async function readStart(open: OpenBlob, signal: AbortSignal): Promise<string> {
  for await (const text of readTextFile({ open, signal })) return text;
  return '';
}

async function sampleOf(
  read: ReadRecords,
  open: OpenBlob,
  signal: AbortSignal,
): Promise<SourceRecord[]> {
  let characters = 0;
  async function* beginning() {
    for await (const text of readTextFile({ open, signal })) {
      characters += text.length;
      yield text;
    }
  }
  const sample: SourceRecord[] = [];
  for await (const records of read(beginning())) {
    for (const record of records) if ('cells' in record) sample.push(record);
    const isEnough = sample.length > SAMPLE_RECORDS || characters > SAMPLE_CHARACTERS;
    if (sample.length > 0 && isEnough) break;
  }
  return sample.slice(0, SAMPLE_RECORDS + 1);
}

/** Names from the header. Missing names become "column 1", …; repeated ones are numbered. */
function columnNames(header: readonly Cell[]): string[] {
  assertColumnCount(header.length);
  const names = new Set<string>();
  for (const [position, cell] of header.entries()) {
    const given = String(cell).trim() || `column ${position + 1}`;
    let name = given;
    for (let number = 2; names.has(name); number += 1) name = `${given} ${number}`;
    names.add(name);
  }
  return [...names];
}

/** The union of the records' own names, in the order in which they first appear. */
function namedColumns(records: readonly SourceRecord[]): { name: string; sample: Cell[] }[] {
  const samples = new Map<string, Cell[]>();
  for (const { names = [], cells } of records) {
    for (const [index, name] of names.entries()) {
      const sample = samples.get(name);
      if (sample) sample.push(cells[index]);
      else samples.set(name, [cells[index]]);
    }
    assertColumnCount(samples.size);
  }
  return [...samples].map(([name, sample]) => ({ name, sample }));
}

function assertColumnCount(count: number): void {
  if (count <= MAX_COLUMNS) return;
  throw new ImportFailure(
    'TOO_MANY_COLUMNS',
    `The file has more than ${MAX_COLUMNS.toLocaleString('en')} columns, the limit of an import.`,
    1,
  );
}
