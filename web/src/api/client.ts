import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from '@apollo/client';
import { ErrorLink } from '@apollo/client/link/error';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { relayStylePagination } from '@apollo/client/utilities';
import { OperationTypeNode } from 'graphql';
import type { Client } from 'graphql-ws';

import { createAttendanceLink } from './attendance.ts';
import { createHashLink, withoutText } from './document-hash.ts';
import { failureOf } from './error-code.ts';
import { resuming } from './resuming.ts';
import { leaveForSignIn } from './session.ts';

/** The gateway requires it, because a cross-site page cannot send it without a CORS preflight. */
export const PREFLIGHT_HEADERS = { 'apollo-require-preflight': 'true' } as const;

/** The client of the graph: queries and mutations over HTTP, subscriptions over the socket. */
export function createApolloClient(socket: Client): ApolloClient {
  const signInWhenRefused = new ErrorLink(({ error }) => {
    if (failureOf(error).code === 'UNAUTHENTICATED') leaveForSignIn();
  });
  const transport = ApolloLink.split(
    ({ operationType }) => operationType === OperationTypeNode.SUBSCRIPTION,
    new GraphQLWsLink(resuming(withoutText(socket))),
    new HttpLink({ uri: '/graphql', headers: PREFLIGHT_HEADERS }),
  );
  const link = ApolloLink.from([
    signInWhenRefused,
    createAttendanceLink(window),
    createHashLink(),
    transport,
  ]);
  return new ApolloClient({ link, cache: createCache() });
}

function createCache(): InMemoryCache {
  return new InMemoryCache({
    typePolicies: {
      Query: { fields: { datasets: relayStylePagination(['workspaceId', 'search']) } },
      Dataset: { fields: { dataPoints: relayStylePagination([]) } },
      Import: { fields: { rejects: relayStylePagination([]) } },
      User: { fields: { auditEvents: relayStylePagination([]) } },
      Workspace: { fields: { auditEvents: relayStylePagination([]) } },
      // The id of a row is unique only within its dataset.
      DataPoint: { keyFields: false },
    },
  });
}
