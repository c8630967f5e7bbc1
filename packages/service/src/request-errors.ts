import type { ErrorRequestHandler, RequestHandler, Response } from 'express';

import type { Logger } from './log.ts';
import { isUnavailable, UNAVAILABLE_MESSAGE } from './unavailable.ts';

/** The error of body and upload parsers when the request is at fault (in the shape of the `http-errors` package). */
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

const CODES: ReadonlyMap<number, string> = new Map([
  [404, 'NOT_FOUND'],
  [405, 'METHOD_NOT_ALLOWED'],
  [413, 'PAYLOAD_TOO_LARGE'],
]);

/** Its `extensions.code`. */
export const requestErrorCode = ({ status }: RequestError): string =>
  CODES.get(status) ?? 'BAD_REQUEST';

/** body-parser's own message for a body that is too large names no limit. */
const messageOf = (error: RequestError & { readonly limit?: unknown }): string =>
  error.status === 413 && typeof error.limit === 'number'
    ? `The body is larger than ${error.limit / 1024 ** 2} MB.`
    : error.message;

/**
 * Answers errors before GraphQL as GraphQL would: JSON with a message and a code. A bad request gets the reason, and a request
 * while a database or a service is unavailable gets UNAVAILABLE. Every other error is logged and hidden from the caller.
 */
export const requestErrors =
  (log: Logger): ErrorRequestHandler =>
  (error: unknown, _req, res, next) => {
    if (res.headersSent) return next(error);
    if (isRequestError(error)) return refuse(res, error.status, messageOf(error));
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

const refuse = (res: Response, status: number, message: string) =>
  res
    .status(status)
    .json({ errors: [{ message, extensions: { code: CODES.get(status) ?? 'BAD_REQUEST' } }] });

/** Answers requests that no other handler has answered. */
export const notFound: RequestHandler = (req, res) => {
  const message = `There is nothing at ${req.method} ${req.path}.`;
  if (req.accepts(['json', 'text']) === 'json') return refuse(res, 404, message);
  return res.status(404).type('text').send(message);
};

/** Answers requests with a method that no earlier handler accepts. */
export const onlyMethods =
  (...methods: readonly string[]): RequestHandler =>
  (req, res, next) => {
    if (methods.includes(req.method)) return next();
    res.setHeader('allow', methods.join(', '));
    const message = `${req.originalUrl.split('?', 1)[0]} takes ${methods.join(' and ')} only.`;
    if (req.accepts(['json', 'text']) === 'json') return refuse(res, 405, message);
    return res.status(405).type('text').send(message);
  };

/** busboy's errors about a malformed form carry no status: it is the request that is at fault. */
export const multipartErrors: ErrorRequestHandler = (error: unknown, req, _res, next) => {
  if (!req.is('multipart/form-data') || isRequestError(error)) return next(error);
  const message = `The multipart request is malformed: ${error instanceof Error ? error.message : 'it cannot be read'}.`;
  next(Object.assign(new Error(message, { cause: error }), { status: 400, expose: true }));
};
