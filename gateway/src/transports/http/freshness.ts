import type { ApolloServerPlugin } from '@apollo/server';

import type { Freshness, GatewayContext } from '../../context.ts';

export function createFreshness(): Freshness {
  let least: number | undefined;
  return {
    restrict(cacheControl = '') {
      const [, seconds = '0'] = /^max-age=(\d+)/.exec(cacheControl) ?? [];
      least = Math.min(least ?? Number.POSITIVE_INFINITY, Number(seconds));
    },
    seconds: () => least ?? 0,
  };
}

/** The caller and the form of the answer. */
const VARY = 'accept, authorization, cookie, dpop, origin, sec-fetch-site';

/**
 * Lets caches keep the answer to a GET all of whose parts have a `@cacheControl` in their subgraphs' schemas. With an identity,
 * only the caller's own cache may.
 */
export const freshnessPlugin: ApolloServerPlugin<GatewayContext> = {
  async requestDidStart({ request, contextValue }) {
    return {
      async willSendResponse({ response: { body, http } }) {
        const seconds = contextValue.freshness?.seconds() ?? 0;
        const isWhole = body.kind === 'single' && !body.singleResult.errors;
        const isKept = request.http?.method === 'GET' && isWhole && seconds > 0;
        const scope = contextValue.identity ? 'private' : 'public';
        http.headers.set('cache-control', isKept ? `max-age=${seconds}, ${scope}` : 'no-store');
        if (isKept) http.headers.set('vary', VARY);
      },
    };
  },
};
