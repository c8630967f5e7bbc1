import type { ApolloServerPlugin } from '@apollo/server';

import type { GatewayContext } from '../../context.ts';

/** Answers 401 when a subgraph has refused the caller's token, as for a token that has expired. */
export const endedToken: ApolloServerPlugin<GatewayContext> = {
  async requestDidStart() {
    return {
      async willSendResponse({ response: { body, http }, contextValue }) {
        const errors = body.kind === 'single' ? (body.singleResult.errors ?? []) : [];
        const isEnded = errors.some(({ extensions }) => extensions?.code === 'UNAUTHENTICATED');
        if (!isEnded || !contextValue.identity) return;
        http.status = 401;
        http.headers.set('www-authenticate', 'Bearer error="invalid_token"');
      },
    };
  },
};
