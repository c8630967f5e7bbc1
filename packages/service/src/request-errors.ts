import type { ErrorRequestHandler } from 'express';

import type { Logger } from './log.ts';

/** What body parsers and the like throw (the `http-errors` package's shape). */
interface RequestError {
  readonly status: number;
  readonly expose: boolean;
  readonly message: string;
}

const isRequestError = (error: unknown): error is RequestError =>
  error instanceof Error &&
  'status' in error &&
  typeof error.status === 'number' &&
  error.status < 500;

/**
 * Answers what goes wrong before GraphQL as GraphQL would: JSON with a message and a code. A bad request hears what is
 * bad about it; anything else is logged, and tells nothing.
 */
export const requestErrors =
  (log: Logger): ErrorRequestHandler =>
  (error: unknown, _req, res, next) => {
    if (res.headersSent) return next(error);
    if (isRequestError(error)) {
      const code = error.status === 413 ? 'PAYLOAD_TOO_LARGE' : 'BAD_REQUEST';
      const { message } = error;
      return res.status(error.status).json({ errors: [{ message, extensions: { code } }] });
    }
    log.error({ err: error }, 'request failed');
    const failure = { message: 'Internal error', extensions: { code: 'INTERNAL_SERVER_ERROR' } };
    return res.status(500).json({ errors: [failure] });
  };
