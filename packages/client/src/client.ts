import { CloseCode, createClient } from 'graphql-ws';

import { GraphError } from './graph-error.ts';
import { multipartRequest, type UploadFile } from './multipart.ts';
import type { FreshTokens } from './tokens.ts';

type Variables = Readonly<Record<string, unknown>>;

/** Runs operations on the graph. */
export interface GraphClient extends AsyncDisposable {
  /** @throws {GraphError} when the answer has errors. */
  readonly query: <Data>(document: string, variables?: Variables) => Promise<Data>;
  /** Runs an operation whose variable `file` is an upload. */
  readonly upload: <Data>(
    document: string,
    variables: Variables,
    file: UploadFile,
  ) => Promise<Data>;
  /** The events of a subscription, until it ends or the caller stops reading. */
  readonly subscribe: <Data>(
    document: string,
    variables?: Variables,
  ) => AsyncIterableIterator<Data>;
}

/** Acts on behalf of the person who signed in, with tokens that it renews. */
export interface Client extends GraphClient, FreshTokens {}

interface GraphRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | AsyncIterable<Uint8Array>;
}

interface GraphAnswer<Data> {
  readonly data: Data;
  readonly errors?: ConstructorParameters<typeof GraphError>[0];
}

export function createGraphClient<Tokens extends Pick<FreshTokens, 'accessToken'>>(
  origin: string,
  tokens: Tokens,
): GraphClient & Tokens {
  const { accessToken } = tokens;
  const endpoint = `${origin}/graphql`;
  let wasConnected = false;
  const sockets = createClient({
    url: endpoint.replace(/^http/, 'ws'),
    connectionParams: async () => ({ authorization: `Bearer ${await accessToken()}` }),
    on: { connected: () => (wasConnected = true) },
    // A connection ends with its token, so it reconnects with a newer one. A refusal of the newer token is final.
    shouldRetry(error) {
      const mayRetry = wasConnected || !isRefusal(error);
      wasConnected = false;
      return mayRetry;
    },
  });

  const post = async <Data>({ headers, body }: GraphRequest): Promise<Data> => {
    const authorization = `Bearer ${await accessToken()}`;
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: { ...headers, authorization },
      body,
      duplex: 'half',
    });
    if (!response.headers.get('content-type')?.includes('json')) {
      throw new Error(`${endpoint} answered ${response.status}: ${await response.text()}`);
    }
    const answer = (await response.json()) as GraphAnswer<Data>;
    if (answer.errors) throw new GraphError(answer.errors);
    return answer.data;
  };

  return {
    ...tokens,
    query: (query, variables = {}) =>
      post({
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query, variables }),
      }),
    upload: (query, variables, file) => {
      const operation = { query, variables: { ...variables, file: null } };
      const { headers, body } = multipartRequest(operation, file);
      return post({ headers: { ...headers, 'apollo-require-preflight': 'true' }, body });
    },
    async *subscribe<Data>(query: string, variables: Variables = {}) {
      for await (const { data, errors } of sockets.iterate<Record<string, unknown>>({
        query,
        variables: { ...variables },
      })) {
        if (errors) throw new GraphError(errors);
        yield data as Data;
      }
    },
    async [Symbol.asyncDispose]() {
      await sockets.dispose();
    },
  };
}

const isRefusal = (error: unknown): boolean =>
  typeof error === 'object' &&
  error !== null &&
  'code' in error &&
  error.code === CloseCode.Forbidden;
