import type { ErrorRequestHandler } from 'express';

/**
 * PostgreSQL's error codes of text that it cannot store: U+0000 as a parameter, in JSON, and in the text of a statement, where
 * MikroORM writes values and which ends there (protocol violation).
 */
const CODES: ReadonlySet<unknown> = new Set(['22021', '22P05', '08P01']);

export const UNSTORABLE_TEXT_MESSAGE = 'A text holds the character U+0000, which cannot be stored.';

/** Whether the database refused a text that a caller sent, which is the caller's mistake. */
export const isUnstorableText = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && CODES.has(error.code);

/** Has routes outside of GraphQL answer such a text with 400. */
export const unstorableTextErrors: ErrorRequestHandler = (error: unknown, _req, _res, next) => {
  if (!isUnstorableText(error)) return next(error);
  next(Object.assign(new Error(UNSTORABLE_TEXT_MESSAGE), { status: 400, expose: true }));
};
