import type { ApolloServerPlugin } from '@apollo/server';

import type { GatewayContext } from '../context.ts';

/** For how long an answer holds: for as long as everything that it was made of. */
export interface Freshness {
  /** Takes in what a subgraph says of its part: the `cache-control` of its answer. */
  readonly restrict: (cacheControl: string | undefined) => void;
  /** 0 when it must not be kept, or when no subgraph was asked. */
  readonly seconds: () => number;
}

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

/** Who asks, and for what form of answer. */
const VARY = 'accept, authorization, cookie, dpop, origin, sec-fetch-site';

/**
 * Nothing is kept by a cache but the answer to a GET, all of whose parts have a `@cacheControl` in their subgraphs' schemas; and
 * only by the cache of who asked, unless they asked without an identity.
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
