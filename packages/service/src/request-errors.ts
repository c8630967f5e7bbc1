import type { ErrorRequestHandler } from 'express';

import type { Logger } from './log.ts';
import { isUnavailable, UNAVAILABLE_MESSAGE } from './unavailable.ts';

/** What body and upload parsers throw when the request is at fault (the `http-errors` package's shape). */
export interface RequestError {
  readonly status: number;
  readonly expose: boolean;
  readonly message: string;
}

export const isRequestError = (error: unknown): error is RequestError =>
  error instanceof Error &&
  'status' in error &&
  typeof error.status === 'number' &&
  error.status < 500;

/** Its `extensions.code`. */
export const requestErrorCode = ({ status }: RequestError): 'BAD_REQUEST' | 'PAYLOAD_TOO_LARGE' =>
  status === 413 ? 'PAYLOAD_TOO_LARGE' : 'BAD_REQUEST';

/**
 * Answers what goes wrong before GraphQL as GraphQL would: JSON with a message and a code. A bad request hears what is
 * bad about it, and who comes while a database or a service is away, that they may try again. All else is logged, and tells nothing.
 */
export const requestErrors =
  (log: Logger): ErrorRequestHandler =>
  (error: unknown, _req, res, next) => {
    if (res.headersSent) return next(error);
    if (isRequestError(error)) {
      const { message } = error;
      const extensions = { code: requestErrorCode(error) };
      return res.status(error.status).json({ errors: [{ message, extensions }] });
    }
    if (isUnavailable(error)) {
      log.info({ err: error }, 'request failed: unavailable');
      const extensions = { code: 'UNAVAILABLE' };
      return res
        .status(503)
        .set('retry-after', '1')
        .json({ errors: [{ message: UNAVAILABLE_MESSAGE, extensions }] });
    }
    log.error({ err: error }, 'request failed');
    const failure = { message: 'Internal error', extensions: { code: 'INTERNAL_SERVER_ERROR' } };
    return res.status(500).json({ errors: [failure] });
  };
