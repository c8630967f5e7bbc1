import type { ColumnType } from '../datasets/column-type.ts';
import { inferDayFirst, inferType } from '../values/infer.ts';
import type { Reading } from '../values/reading.ts';
import { ImportFailure } from './import-failure.ts';
import type { ImportOptions } from './import-options.ts';
import type { Inspection } from './inspect-file.ts';

export interface PlannedColumn {
  readonly name: string;
  readonly type: ColumnType;
  readonly reading: Reading;
}

/** The columns of a new table, with types as chosen by the user or inferred from the sample. */
export function planNewColumns(
  { columns, isTyped }: Inspection,
  { types }: ImportOptions,
): PlannedColumn[] {
  assertKnown(
    Object.keys(types),
    columns.map(({ name }) => name),
    'the file',
  );
  return columns.map(({ name, sample }) => {
    const chosen = Object.hasOwn(types, name) ? types[name] : undefined;
    const type = chosen ?? inferType(sample, isTyped).type;
    return {
      name,
      type,
      reading: { type, dayFirst: inferDayFirst(sample), emptyIsNull: !isTyped },
    };
  });
}

/** The columns of an existing table, matched to the file by name. */
export function planKnownColumns(
  { columns: found, isTyped }: Inspection,
  known: readonly { readonly name: string; readonly type: ColumnType }[],
): PlannedColumn[] {
  assertKnown(
    found.map(({ name }) => name),
    known.map(({ name }) => name),
    'the dataset',
  );
  const samples = new Map(found.map(({ name, sample }) => [name, sample]));
  return known.map(({ name, type }) => {
    const dayFirst = inferDayFirst(samples.get(name) ?? []);
    return { name, type, reading: { type, dayFirst, emptyIsNull: !isTyped } };
  });
}

function assertKnown(names: readonly string[], known: readonly string[], where: string): void {
  const missing = names.filter((name) => !known.includes(name));
  if (missing.length === 0) return;
  const list = (all: readonly string[]) => all.slice(0, 20).map((name) => JSON.stringify(name));
  throw new ImportFailure(
    'UNKNOWN_COLUMN',
    `There is no column ${list(missing).join(', ')} in ${where}. Its columns are ${list(known).join(', ')}.`,
  );
}
