import type { ErrorRequestHandler } from 'express';

/**
 * PostgreSQL's error codes for text that it cannot store: U+0000 as a parameter, in JSON, and in the text of a statement, into
 * which MikroORM writes values and which ends there (protocol violation).
 */
const CODES: ReadonlySet<unknown> = new Set(['22021', '22P05', '08P01']);

export const UNSTORABLE_TEXT_MESSAGE =
  'A text contains the character U+0000, which cannot be stored.';

/** Whether the database rejected a caller's text, which is the caller's mistake. */
export const isUnstorableText = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && CODES.has(error.code);

/** Makes routes outside GraphQL answer such a text with 400. */
export const unstorableTextErrors: ErrorRequestHandler = (error: unknown, _req, _res, next) => {
  if (!isUnstorableText(error)) return next(error);
  next(Object.assign(new Error(UNSTORABLE_TEXT_MESSAGE), { status: 400, expose: true }));
};
