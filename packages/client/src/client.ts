import { createClient } from 'graphql-ws';

type Variables = Readonly<Record<string, unknown>>;

export interface UploadFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** An operation was refused or failed. `code` is the first error's `extensions.code`. */
export class GraphError extends Error {
  override readonly name = 'GraphError';
  readonly code: string;

  constructor(
    errors: readonly {
      readonly message: string;
      readonly extensions?: { readonly code?: unknown };
    }[],
  ) {
    super(errors.map(({ message }) => message).join('; '));
    this.code = String(errors[0]?.extensions?.code ?? '');
  }
}

/** A program's way to the graph, in the name of the person who signed in. */
export interface Client extends AsyncDisposable {
  readonly accessToken: () => Promise<string>;
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

export function createGraphClient(origin: string, accessToken: () => Promise<string>): Client {
  const endpoint = `${origin}/graphql`;
  const sockets = createClient({
    url: endpoint.replace(/^http/, 'ws'),
    connectionParams: async () => ({ authorization: `Bearer ${await accessToken()}` }),
  });

  const post = async <Data>(
    body: FormData | string,
    headers: Record<string, string>,
  ): Promise<Data> => {
    const authorization = `Bearer ${await accessToken()}`;
    const response = await fetch(endpoint, {
      method: 'POST',
      body,
      headers: { ...headers, authorization },
    });
    const answer = (await response.json()) as {
      data: Data;
      errors?: ConstructorParameters<typeof GraphError>[0];
    };
    if (answer.errors) throw new GraphError(answer.errors);
    return answer.data;
  };

  return {
    accessToken,
    query: (query, variables = {}) =>
      post(JSON.stringify({ query, variables }), { 'content-type': 'application/json' }),
    upload: (query, variables, { name, bytes }) => {
      const form = new FormData();
      form.set('operations', JSON.stringify({ query, variables: { ...variables, file: null } }));
      form.set('map', JSON.stringify({ file: ['variables.file'] }));
      form.set('file', new Blob([new Uint8Array(bytes)]), name);
      return post(form, { 'apollo-require-preflight': 'true' });
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
