import { isOpenToAnyone } from '@affluent/service';
import type { ApolloServerPlugin } from '@apollo/server';
import { GraphQLError } from 'graphql';

import type { GatewayContext } from '../context.ts';
import { noSuchOperation } from '../graph/operation.ts';

/** Refuses operations that are not there, and all but the open ones to callers without an identity, before planning. */
export const identityGuard: ApolloServerPlugin<GatewayContext> = {
  async requestDidStart() {
    return {
      async didResolveOperation({ document, operation, request, contextValue }) {
        const { operationName } = request;
        // @apollo/gateway would answer 500 to what is the client's mistake.
        if (!operation && contextValue.identity) throw noSuchOperation(operationName);
        if (contextValue.identity || isOpenToAnyone(document, operationName)) return;
        throw new GraphQLError('Sign in to do this.', {
          extensions: { code: 'UNAUTHENTICATED', http: { status: 401 } },
        });
      },
      // A subgraph knows of a token that it was ended: the caller learns it by the status, as of one that has expired.
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
