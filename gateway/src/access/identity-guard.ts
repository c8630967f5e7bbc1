import { isOpenToAnyone } from '@affluent/service';
import type { ApolloServerPlugin } from '@apollo/server';
import { GraphQLError } from 'graphql';

import type { GatewayContext } from '../context.ts';

/** Refuses operations that are not there, and all but the open ones to callers without an identity, before planning. */
export const identityGuard: ApolloServerPlugin<GatewayContext> = {
  async requestDidStart() {
    return {
      async didResolveOperation({ document, operation, request, contextValue }) {
        const { operationName } = request;
        if (!operation && contextValue.identity) {
          // @apollo/gateway would answer 500 to what is the client's mistake.
          const message = operationName
            ? `There is no operation "${operationName}".`
            : 'Say which operation to run.';
          throw new GraphQLError(message, {
            extensions: { code: 'OPERATION_RESOLUTION_FAILURE', http: { status: 400 } },
          });
        }
        if (contextValue.identity || isOpenToAnyone(document, operationName)) return;
        throw new GraphQLError('Sign in to do this.', {
          extensions: { code: 'UNAUTHENTICATED', http: { status: 401 } },
        });
      },
    };
  },
};
