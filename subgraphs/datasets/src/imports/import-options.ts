import { registerEnumType } from 'type-graphql';

import type { ColumnType } from '../datasets/column-type.ts';

export const ImportMode = { CREATE: 'CREATE', APPEND: 'APPEND', REPLACE: 'REPLACE' } as const;
export type ImportMode = (typeof ImportMode)[keyof typeof ImportMode];
registerEnumType(ImportMode, {
  name: 'ImportMode',
  description: 'Whether an import creates a dataset, adds rows to one, or replaces all its rows.',
});

export const ImportFormat = { CSV: 'CSV', TSV: 'TSV', JSON: 'JSON', NDJSON: 'NDJSON' } as const;
export type ImportFormat = (typeof ImportFormat)[keyof typeof ImportFormat];
registerEnumType(ImportFormat, {
  name: 'ImportFormat',
  description: 'JSON is an array of objects; NDJSON has one object per line.',
});

export const ImportStatus = {
  QUEUED: 'QUEUED',
  RUNNING: 'RUNNING',
  SUCCEEDED: 'SUCCEEDED',
  FAILED: 'FAILED',
  CANCELLED: 'CANCELLED',
} as const;
export type ImportStatus = (typeof ImportStatus)[keyof typeof ImportStatus];
registerEnumType(ImportStatus, { name: 'ImportStatus' });

/** What the user specified about the file; the rest is detected. */
export interface ImportOptions {
  readonly csv: {
    readonly delimiter?: string | undefined;
    readonly header?: boolean | undefined;
  };
  /** By column name. */
  readonly types: Readonly<Record<string, ColumnType>>;
}
