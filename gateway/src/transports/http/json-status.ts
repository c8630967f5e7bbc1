import type { ApolloServerPlugin } from '@apollo/server';

import type { GatewayContext } from '../../context.ts';

/** Codes of well-formed requests whose document or variables have a mistake. */
const ABOUT_THE_DOCUMENT: ReadonlySet<unknown> = new Set([
  'BAD_USER_INPUT',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
]);

/**
 * GraphQL over HTTP (draft of 2025, 6.4.1): with `application/json` a 4xx may come from any server on the way, so a well-formed
 * request is answered with 200 and its errors. With `application/graphql-response+json` it is answered with 400.
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
