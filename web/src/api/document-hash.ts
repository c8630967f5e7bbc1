import { CombinedGraphQLErrors } from '@apollo/client/errors';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import type { DocumentNode } from 'graphql';
import type { Client } from 'graphql-ws';

/** Of an operation of ours: the SHA-256, in hexadecimal, under which the gateway knows it (`persisted-documents.json`). */
export function documentHash(document: DocumentNode): string {
  const { hash } = (document as { __meta__?: { readonly hash?: string } }).__meta__ ?? {};
  if (!hash) throw new Error('A document of the client is written with graphql()');
  return hash.replace('sha256:', '');
}

/** A gateway of another version does not know the operations of this one. */
export const isUnknownDocument = (error: unknown): boolean =>
  CombinedGraphQLErrors.is(error) &&
  error.errors.some(({ extensions }) => extensions?.code === 'PERSISTED_QUERY_NOT_FOUND');

/** Sends hashes in the place of documents, until one is not known: then the documents themselves. */
export const createHashLink = (): PersistedQueryLink =>
  new PersistedQueryLink({
    generateHash: documentHash,
    disable: ({ error }) => isUnknownDocument(error),
    retry: ({ error }) => isUnknownDocument(error),
  });

/** A socket over which a hash goes alone. Its protocol wants a text: it is empty then. */
export const withoutText = (socket: Client): Client => ({
  ...socket,
  subscribe: ({ query, ...payload }, sink) =>
    socket.subscribe({ ...payload, query: payload.extensions?.persistedQuery ? '' : query }, sink),
});
