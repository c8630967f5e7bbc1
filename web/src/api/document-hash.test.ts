import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

import { ApolloClient, ApolloLink, HttpLink, InMemoryCache, Observable } from '@apollo/client';
import { CombinedGraphQLErrors } from '@apollo/client/errors';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { DatasetRowCountDocument, ImportProgressedDocument } from '../generated/graphql.ts';
import { createHashLink, documentHash } from './document-hash.ts';

const NOT_FOUND = {
  message: 'PersistedQueryNotFound',
  extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' },
};

interface Sent {
  readonly query?: string;
  readonly extensions?: { readonly persistedQuery?: { readonly sha256Hash: string } };
}

/** A gateway that knows no document. */
const sent: Sent[] = [];
const server = createServer((request, response) => {
  void json(request).then((body) => {
    sent.push(body as Sent);
    const data = { dataset: null };
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify((body as Sent).query ? { data } : { errors: [NOT_FOUND] }));
  });
});
beforeAll(() => new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve)));
afterAll(() => void server.close());

const clientWith = (transport: ApolloLink) =>
  new ApolloClient({ link: createHashLink().concat(transport), cache: new InMemoryCache() });

test('sends the hash, and the document itself from when it is not known', async () => {
  const { port } = server.address() as AddressInfo;
  const client = clientWith(new HttpLink({ uri: `http://127.0.0.1:${port}/` }));
  const ask = (id: string) =>
    client.query({ query: DatasetRowCountDocument, variables: { id } }).then(({ data }) => data);
  expect(await ask('1')).toMatchObject({ dataset: null });
  expect(await ask('2')).toMatchObject({ dataset: null });
  const sha256Hash = documentHash(DatasetRowCountDocument);
  expect(
    sent.map(({ query, extensions }) => [
      query !== undefined,
      extensions?.persistedQuery?.sha256Hash,
    ]),
  ).toEqual([
    [false, sha256Hash],
    [true, undefined],
    [true, undefined],
  ]);
});

test('does so too where the refusal comes as the end of a subscription, as over the socket', async () => {
  const attempts: (object | undefined)[] = [];
  const socket = new ApolloLink(({ extensions }) => {
    attempts.push({ ...extensions });
    return new Observable((observer) => {
      if (extensions?.persistedQuery)
        observer.error(new CombinedGraphQLErrors({ errors: [NOT_FOUND] }));
      else observer.complete();
    });
  });
  const events = clientWith(socket).subscribe({
    query: ImportProgressedDocument,
    variables: { id: '1' },
  });
  await new Promise<void>((resolve, reject) => {
    events.subscribe({ complete: resolve, error: reject });
  });
  expect(attempts).toEqual([{ persistedQuery: expect.anything() }, {}]);
});
