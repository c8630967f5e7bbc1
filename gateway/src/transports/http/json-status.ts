import type { ApolloServerPlugin } from '@apollo/server';

import type { GatewayContext } from '../../context.ts';

/** Well-formed requests for something that cannot be run: the document or its variables are at fault. */
const ABOUT_THE_DOCUMENT: ReadonlySet<unknown> = new Set([
  'BAD_USER_INPUT',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
]);

/**
 * GraphQL over HTTP (draft of 2025, 6.4.1): whoever accepts `application/json` alone may be anything on the way that takes 4xx for
 * its own failure, so a well-formed request is answered with 200 and its errors. With `application/graphql-response+json`
 * the status says it: 400.
 */
export const jsonStatus: ApolloServerPlugin<GatewayContext> = {
  async requestDidStart({ request: { http } }) {
    const accept = http?.headers.get('accept') ?? '';
    if (accept.includes('graphql-response+json')) return;
    return {
      async willSendResponse({ response: { body, http: head } }) {
        if (head.status !== 400 || body.kind !== 'single') return;
        const errors = body.singleResult.errors ?? [];
        if (errors.every(({ extensions }) => ABOUT_THE_DOCUMENT.has(extensions?.code)))
          head.status = 200;
      },
    };
  },
};
