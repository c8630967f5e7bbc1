import { isOpenToAnyone } from '@affluent/service';
import type { ApolloServerPlugin } from '@apollo/server';
import { GraphQLError } from 'graphql';

import type { GatewayContext } from '../context.ts';

/** Refuses every operation but the open ones to callers without an identity, before it is planned. */
export const identityGuard: ApolloServerPlugin<GatewayContext> = {
  async requestDidStart() {
    return {
      async didResolveOperation({ document, operationName, contextValue }) {
        if (contextValue.identity || isOpenToAnyone(document, operationName)) return;
        throw new GraphQLError('Sign in to do this.', {
          extensions: { code: 'UNAUTHENTICATED', http: { status: 401 } },
        });
      },
    };
  },
};
