import { isUnavailable } from '@affluent/service';
import type { KoaContextWithOIDC, default as Provider } from 'oidc-provider';

import { messagePage } from '../pages/layout.ts';
import { wordsFor } from '../pages/words/words-for.ts';
import { showPage } from './show-page.ts';

type Context = Parameters<Parameters<Provider['use']>[0]>[0];

/**
 * Answers 503 while the database is unavailable, so that clients retry. oidc-provider would answer `server_error`, or redirect the
 * browser to the client with it. Call this before adding other middleware.
 */
export function answerUnavailable(provider: Provider): void {
  const failures = new WeakMap<object, unknown>();
  const record = (ctx: KoaContextWithOIDC, error: unknown): void => {
    failures.set(ctx.req, error);
  };
  provider.on('server_error', record);
  // A check of a client's assertion fails for any reason as `invalid_client`.
  provider.on('grant.error', record);
  provider.use(async (ctx, next) => {
    try {
      await next();
    } catch (error) {
      if (!isUnavailable(error)) throw error;
      return answer(ctx);
    }
    if (isUnavailable(failures.get(ctx.req))) answer(ctx);
  });
}

function answer(ctx: Context): void {
  ctx.remove('location');
  ctx.status = 503;
  ctx.set('retry-after', '1');
  if (ctx.accepts('json', 'html') === 'html') {
    const words = wordsFor(ctx);
    showPage(ctx, messagePage(words, words.unavailable, words.unavailableLead));
  } else {
    ctx.body = {
      error: 'temporarily_unavailable',
      error_description: 'try again in a moment',
    };
  }
}
