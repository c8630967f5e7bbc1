import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';

import type { RequestHandler } from 'express';
import { type DestinationStream, pino, stdTimeFunctions, type Logger } from 'pino';

import { presentSpan } from './telemetry/spans.ts';

export type { Logger };

/** The header that carries a request's id from the gateway to the subgraphs, and back to the client. */
export const REQUEST_ID_HEADER = 'x-request-id';

/**
 * In the extensions of a subscription: asks for the cursor that it begins at, in a first message of its own. With it, a
 * client can resume a subscription that breaks before its first event.
 */
export const START_CURSOR = 'startCursor';

/** The header that says how many milliseconds the caller still waits for the answer. */
export const REQUEST_TIMEOUT_HEADER = 'x-request-timeout-ms';

const requestIds = new AsyncLocalStorage<string>();

/** The id of the request being served, for calls to another service. */
export const currentRequestId = (): string | undefined => requestIds.getStore();

/** Runs `work` so that its log lines and its calls to other services carry this request id. */
export const withRequestId = <T>(id: string, work: () => T): T => requestIds.run(id, work);

/** Runs `work` under the request id that the gateway sends in the extensions of a subscription, if there is one. */
export const inRequestOf = <T>(
  extensions: Readonly<Record<string, unknown>> | null | undefined,
  work: () => T,
): T => {
  const id = acceptableId(extensions?.[REQUEST_ID_HEADER]);
  return id === undefined ? work() : withRequestId(id, work);
};

/** A structured log. Secrets are redacted by path. */
export function createLog({
  service,
  level,
  destination,
}: {
  readonly service: string;
  readonly level: string;
  /** Default: standard output. */
  readonly destination?: DestinationStream;
}): Logger {
  return pino(
    {
      level,
      base: { service },
      timestamp: stdTimeFunctions.isoTime,
      redact: ['*.password', '*.token', '*.authorization', '*.cookie', 'req.headers'],
      mixin: () => {
        const requestId = requestIds.getStore();
        const traceId = presentSpan()?.spanContext().traceId;
        return { ...(requestId && { requestId }), ...(traceId && { traceId }) };
      },
    },
    destination,
  );
}

const ACCEPTABLE_ID = /^[\w-]{8,64}$/;

const acceptableId = (given: unknown): string | undefined =>
  typeof given === 'string' && ACCEPTABLE_ID.test(given) ? given : undefined;

/** Adopts the caller's request id or creates one, returns it in the response, and logs the request when it ends. */
export function requestLog(log: Logger): RequestHandler {
  return (req, res, next) => {
    const id = acceptableId(req.get(REQUEST_ID_HEADER)) ?? randomUUID();
    res.setHeader(REQUEST_ID_HEADER, id);
    const start = performance.now();
    // The path only: a query string can carry an authorization code.
    const path = req.path;
    withRequestId(id, () => {
      res.once('close', () => {
        const milliseconds = Math.round(performance.now() - start);
        log.debug({ method: req.method, path, status: res.statusCode, milliseconds }, 'request');
      });
      next();
    });
  };
}
