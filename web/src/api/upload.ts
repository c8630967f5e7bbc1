import type { TypedDocumentNode } from '@apollo/client';
import { CombinedGraphQLErrors, ServerError } from '@apollo/client/errors';
import { print } from 'graphql';

import { PREFLIGHT_HEADERS } from './client.ts';
import { documentHash, isUnknownDocument } from './document-hash.ts';

interface UploadOptions<TData, TVariables extends { readonly file: File }> {
  readonly document: TypedDocumentNode<TData, TVariables>;
  readonly variables: TVariables;
  readonly signal: AbortSignal;
  /** Bytes sent so far, and the size of the request. */
  readonly onProgress: (sent: number, total: number) => void;
}

/**
 * Runs a mutation with a file by the GraphQL multipart request protocol. It bypasses Apollo's link because only
 * XMLHttpRequest reports upload progress. Throws what Apollo would throw, and an `AbortError`.
 */
export async function upload<TData, TVariables extends { readonly file: File }>({
  document,
  variables,
  signal,
  onProgress,
}: UploadOptions<TData, TVariables>): Promise<TData> {
  const attempt = (named: object): Promise<TData> => {
    const body = new FormData();
    const operation = { ...named, variables: { ...variables, file: null } };
    body.append('operations', JSON.stringify(operation));
    body.append('map', JSON.stringify({ 0: ['variables.file'] }));
    body.append('0', variables.file, variables.file.name);
    return send(body, signal, onProgress).then(dataOf<TData>);
  };
  try {
    return await attempt({ documentId: `sha256:${documentHash(document)}` });
  } catch (error) {
    if (!isUnknownDocument(error)) throw error;
    return attempt({ query: print(document) });
  }
}

interface Reply {
  readonly status: number;
  readonly text: string;
}

function dataOf<TData>({ status, text }: Reply): TData {
  const answer = parseAnswer<TData>(text);
  if (answer?.errors) {
    throw new CombinedGraphQLErrors({ data: null, errors: [...answer.errors] });
  }
  if (!answer?.data) {
    const response = new Response(null, { status: status >= 200 ? status : 502 });
    throw new ServerError(`The upload was answered with ${status}`, { response, bodyText: text });
  }
  return answer.data;
}

interface Answer<TData> {
  readonly data?: TData | null;
  readonly errors?: ConstructorParameters<typeof CombinedGraphQLErrors>[0]['errors'];
}

function parseAnswer<TData>(text: string): Answer<TData> | undefined {
  try {
    return JSON.parse(text) as Answer<TData>;
  } catch {
    return undefined;
  }
}

function send(
  body: FormData,
  signal: AbortSignal,
  onProgress: (sent: number, total: number) => void,
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const abort = (): void => request.abort();
    signal.addEventListener('abort', abort, { once: true });
    request.upload.addEventListener('progress', ({ loaded, total }) => onProgress(loaded, total));
    request.addEventListener('load', () => {
      resolve({ status: request.status, text: request.responseText });
    });
    request.addEventListener('error', () => reject(new TypeError('The connection broke')));
    request.addEventListener('abort', () => reject(new DOMException('Cancelled', 'AbortError')));
    request.addEventListener('loadend', () => signal.removeEventListener('abort', abort));
    request.open('POST', '/graphql');
    request.setRequestHeader('accept', 'application/json');
    for (const [name, value] of Object.entries(PREFLIGHT_HEADERS)) {
      request.setRequestHeader(name, value);
    }
    request.send(body);
  });
}
