import { currentRequestId, REQUEST_ID_HEADER, traceHeaders } from '@affluent/service';

import { DomainError } from './errors.ts';

interface Question {
  /** Where the subgraph listens. */
  readonly url: string;
  /** The caller's access token, or one of this service. */
  readonly token: string;
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  /** What to tell the caller when the subgraph does not answer. */
  readonly failure: string;
}

interface Answer<Data> {
  readonly data?: Data | null;
  readonly errors?: readonly { readonly extensions?: { readonly code?: unknown } }[];
}

const TIMEOUT_MILLISECONDS = 5_000;

/** Codes of a subgraph that failed. With any other code, the data is complete as far as the caller may see it. */
const FAILURES: ReadonlySet<unknown> = new Set([
  'DEADLINE_EXCEEDED',
  'INTERNAL_SERVER_ERROR',
  'UNAVAILABLE',
]);

/**
 * Runs a query at another subgraph and resolves with its data.
 * @throws {DomainError} UNAUTHENTICATED when the subgraph refuses the token, UNAVAILABLE when it fails or does not answer
 *   within 5 seconds.
 */
export async function askSubgraph<Data>({
  url,
  token,
  query,
  variables = {},
  failure,
}: Question): Promise<Data> {
  const unavailable = (options?: ErrorOptions) => new DomainError('UNAVAILABLE', failure, options);
  const requestId = currentRequestId();
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      ...(requestId && { [REQUEST_ID_HEADER]: requestId }),
      ...traceHeaders(),
    },
    body: JSON.stringify({ query, variables }),
    signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
  }).catch((cause: unknown) => {
    throw unavailable({ cause });
  });
  if (response.status === 401)
    throw new DomainError('UNAUTHENTICATED', 'The access token has been revoked.');
  const { data, errors = [] } = (await response.json().catch((cause: unknown) => {
    throw unavailable({ cause });
  })) as Answer<Data>;
  const hasFailed = errors.some(({ extensions }) => FAILURES.has(extensions?.code));
  if (!response.ok || !data || hasFailed) throw unavailable();
  return data;
}
