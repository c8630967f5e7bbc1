import { isUnavailable, type Logger } from '@affluent/service';
import type { ErrorRequestHandler } from 'express';
import { errors } from 'oidc-provider';
import { z } from 'zod';

import { messagePage } from '../pages/layout.ts';
import { wordsFor } from '../pages/words/words-for.ts';
import { sendPage } from './page-request.ts';

/** Shows an error page without internal details, which are logged. */
export function showError(log: Logger): ErrorRequestHandler {
  return (error: unknown, req, res, next) => {
    if (res.headersSent) return next(error);
    const words = wordsFor(req);
    const send = (status: number, title: string, lead: string): void =>
      sendPage(res, status, messagePage(words, title, lead));
    if (error instanceof errors.SessionNotFound) {
      return send(400, words.expired, words.expiredLead);
    }
    if (isCallersFault(error)) return send(400, words.requestRefused, words.requestRefusedLead);
    if (isUnavailable(error)) {
      log.info({ err: error }, 'sign-in page unavailable');
      res.set('retry-after', '1');
      return send(503, words.unavailable, words.unavailableLead);
    }
    log.error({ err: error }, 'sign-in page failed');
    return send(500, words.broken, words.brokenLead);
  };
}

/** The request is invalid: refused by our schema, by oidc-provider, or by Express (too large, badly encoded). */
const isCallersFault = (error: unknown): boolean =>
  error instanceof z.ZodError ||
  error instanceof errors.OIDCProviderError ||
  (error instanceof Error &&
    'status' in error &&
    typeof error.status === 'number' &&
    error.status < 500);
