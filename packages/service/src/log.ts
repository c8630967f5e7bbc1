import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';

import type { RequestHandler } from 'express';
import { pino, stdTimeFunctions, type Logger } from 'pino';

import { presentSpan } from './telemetry/spans.ts';

export type { Logger };

/** The header that carries a request's id from the gateway to the subgraphs, and back to the client. */
export const REQUEST_ID_HEADER = 'x-request-id';

/**
 * In the extensions of a subscription: asks for the cursor that it begins at, in a first message of its own. Who has it can
 * take the subscription up again even when it breaks before the first event.
 */
export const START_CURSOR = 'startCursor';

/** For how many milliseconds more the caller waits for the answer. */
export const REQUEST_TIMEOUT_HEADER = 'x-request-timeout-ms';

const requestIds = new AsyncLocalStorage<string>();

/** The id of the request that is being served, for calls to another service. */
export const currentRequestId = (): string | undefined => requestIds.getStore();

/** Runs `work` so that what it logs and whom it calls carry this request id. */
export const withRequestId = <T>(id: string, work: () => T): T => requestIds.run(id, work);

/** A structured log on standard output. Secrets are left out by path, whoever logs them. */
export function createLog({
  service,
  level,
}: {
  readonly service: string;
  readonly level: string;
}): Logger {
  return pino({
    level,
    base: { service },
    timestamp: stdTimeFunctions.isoTime,
    redact: ['*.password', '*.token', '*.authorization', '*.cookie', 'req.headers'],
    mixin: () => {
      const requestId = requestIds.getStore();
      const traceId = presentSpan()?.spanContext().traceId;
      return { ...(requestId && { requestId }), ...(traceId && { traceId }) };
    },
  });
}

const ACCEPTABLE_ID = /^[\w-]{8,64}$/;

/** Takes over the caller's request id, or makes one; answers with it; logs the request when it is over. */
export function requestLog(log: Logger): RequestHandler {
  return (req, res, next) => {
    const given = req.get(REQUEST_ID_HEADER);
    const id = given && ACCEPTABLE_ID.test(given) ? given : randomUUID();
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
