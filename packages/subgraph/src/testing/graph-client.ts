import { REQUEST_TIMEOUT_HEADER } from '@affluent/service';

export interface GraphResult {
  readonly status: number;
  // Tests say what they expect of the data; its shape is the test's business.
  readonly data: Record<string, unknown> | null | undefined;
  readonly errors:
    | readonly { readonly message: string; readonly extensions: { readonly code: string } }[]
    | undefined;
}

/** Runs one operation over HTTP, as a client would. */
export async function runOperation(options: {
  readonly url: string;
  readonly token?: string;
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  /** For how long the caller waits, as the gateway says it. */
  readonly timeoutMilliseconds?: number;
  readonly signal?: AbortSignal;
}): Promise<GraphResult> {
  const { url, token, query, variables, timeoutMilliseconds, signal } = options;
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token && { authorization: `Bearer ${token}` }),
      ...(timeoutMilliseconds && { [REQUEST_TIMEOUT_HEADER]: String(timeoutMilliseconds) }),
    },
    body: JSON.stringify({ query, variables }),
    ...(signal && { signal }),
  });
  const { data, errors } = (await response.json()) as Omit<GraphResult, 'status'>;
  return { status: response.status, data, errors };
}
