import { ApolloProvider } from '@apollo/client/react';
import { type ReactNode, useState } from 'react';

import { createApolloClient } from './client.ts';
import { ConnectionContext, createConnectionStore } from './connection.ts';
import { createSocket } from './socket.ts';

/** Provides one Apollo client, cache and socket to the pages below. */
export function GraphProvider({ children }: { readonly children: ReactNode }) {
  const [{ client, connection }] = useState(connect);
  return (
    <ApolloProvider client={client}>
      <ConnectionContext value={connection}>{children}</ConnectionContext>
    </ApolloProvider>
  );
}

function connect() {
  const socket = createSocket();
  return { client: createApolloClient(socket), connection: createConnectionStore(socket) };
}
