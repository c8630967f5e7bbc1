import { DatabaseError } from 'pg';

import { BlobNotFoundError } from '../blobs/blob-store.ts';

/** Stable codes for why a file cannot be imported. */
export type ImportFailureCode =
  | 'BINARY_FILE'
  | 'NOT_UTF8'
  | 'EMPTY_FILE'
  | 'NO_ROWS'
  | 'UNCLOSED_QUOTE'
  | 'INVALID_JSON'
  | 'TRUNCATED_FILE'
  | 'RECORD_TOO_LARGE'
  | 'TOO_MANY_COLUMNS'
  | 'TOO_MANY_REJECTS'
  | 'UNKNOWN_COLUMN'
  | 'NOT_STORABLE'
  | 'FILE_LOST'
  | 'INTERRUPTED';

/** Ends an import as FAILED, with a message that users can act on. After any other error the import is retried. */
export class ImportFailure extends Error {
  override readonly name = 'ImportFailure';
  readonly code: ImportFailureCode;
  /** Counted from 1. */
  readonly line: number | undefined;

  constructor(code: ImportFailureCode, message: string, line?: number, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.line = line;
  }
}

/** Converts an error that a retry would repeat; undefined for any other. */
export function failureOf(error: unknown): ImportFailure | undefined {
  if (error instanceof ImportFailure) return error;
  if (error instanceof DatabaseError && /^(?:22|54)/.test(error.code ?? '')) {
    const message = `PostgreSQL could not store a row: ${error.message}.`;
    return new ImportFailure('NOT_STORABLE', message, undefined, { cause: error });
  }
  if (!(error instanceof BlobNotFoundError)) return undefined;
  const message = 'The uploaded file no longer exists. Import it again.';
  return new ImportFailure('FILE_LOST', message, undefined, { cause: error });
}
