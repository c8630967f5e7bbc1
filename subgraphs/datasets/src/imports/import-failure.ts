import { DatabaseError } from 'pg';

/** Why a file cannot be imported: a stable code, and a message that a person can act on. */
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

/** Ends an import as FAILED. Any other error is a passing trouble of ours, after which the import is tried again. */
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

/** The failure that an error stands for, when trying again would end in the same way. */
export function failureOf(error: unknown): ImportFailure | undefined {
  if (error instanceof ImportFailure) return error;
  if (error instanceof DatabaseError && /^(?:22|54)/.test(error.code ?? '')) {
    const message = `PostgreSQL could not store a row: ${error.message}.`;
    return new ImportFailure('NOT_STORABLE', message, undefined, { cause: error });
  }
  const isLost = error instanceof Error && 'code' in error && error.code === 'ENOENT';
  if (!isLost) return undefined;
  const message = 'The uploaded file is no longer there. Import it again.';
  return new ImportFailure('FILE_LOST', message, undefined, { cause: error });
}
