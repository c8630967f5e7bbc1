import { CombinedGraphQLErrors } from '@apollo/client/errors';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import type { DocumentNode } from 'graphql';
import type { Client } from 'graphql-ws';

/** The SHA-256 of a client operation in hexadecimal, by which the gateway finds its text (`persisted-documents.json`). */
export function documentHash(document: DocumentNode): string {
  const { hash } = (document as { __meta__?: { readonly hash?: string } }).__meta__ ?? {};
  if (!hash) throw new Error('Client documents must be created with graphql()');
  return hash.replace('sha256:', '');
}

/** A gateway of another release may lack the operations of this client. */
export const isUnknownDocument = (error: unknown): boolean =>
  CombinedGraphQLErrors.is(error) &&
  error.errors.some(({ extensions }) => extensions?.code === 'PERSISTED_QUERY_NOT_FOUND');

/** Sends hashes instead of documents, and full documents once the gateway does not find a hash. */
export const createHashLink = (): PersistedQueryLink =>
  new PersistedQueryLink({
    generateHash: documentHash,
    disable: ({ error }) => isUnknownDocument(error),
    retry: ({ error }) => isUnknownDocument(error),
  });

/** A socket that sends hashes without document texts. The protocol requires a text, which is then empty. */
export const withoutText = (socket: Client): Client => ({
  ...socket,
  subscribe: ({ query, ...payload }, sink) =>
    socket.subscribe({ ...payload, query: payload.extensions?.persistedQuery ? '' : query }, sink),
});
