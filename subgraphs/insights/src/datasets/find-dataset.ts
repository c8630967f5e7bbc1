import {
  currentRequestId,
  type Identity,
  REQUEST_ID_HEADER,
  traceHeaders,
} from '@affluent/service';
import { DomainError, hasFailed } from '@affluent/subgraph';

/** What a chart needs to know of its dataset. */
export interface FoundDataset {
  readonly workspaceId: string;
  readonly columns: ReadonlySet<string>;
}

export type FindDataset = (id: string, identity: Identity) => Promise<FoundDataset | undefined>;

const QUERY = 'query ($id: ID!) { dataset(id: $id) { workspace { id } columns { name } } }';
const TIMEOUT_MILLISECONDS = 5_000;

interface Answer {
  readonly data?: {
    readonly dataset: {
      readonly workspace: { readonly id: string };
      readonly columns: readonly { readonly name: string }[];
    } | null;
  };
  readonly errors?: Parameters<typeof hasFailed>[0];
}

/**
 * Asks the datasets subgraph for a dataset in the caller's name: what the caller may not see is not found.
 * The function it returns throws UNAVAILABLE when that subgraph does not answer.
 */
export function createDatasetFinder({
  datasetsUrl,
}: {
  readonly datasetsUrl: string;
}): FindDataset {
  return async (id, { token }) => {
    const requestId = currentRequestId();
    const response = await fetch(`${datasetsUrl}/graphql`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        ...(requestId && { [REQUEST_ID_HEADER]: requestId }),
        ...traceHeaders(),
      },
      body: JSON.stringify({ query: QUERY, variables: { id } }),
      signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
    }).catch((cause: unknown) => {
      throw unavailable({ cause });
    });
    const { data, errors } = (await response.json()) as Answer;
    if (!data || hasFailed(errors)) throw unavailable();
    if (!data.dataset) return undefined;
    const { workspace, columns } = data.dataset;
    return { workspaceId: workspace.id, columns: new Set(columns.map(({ name }) => name)) };
  };
}

const unavailable = (options?: ErrorOptions): DomainError =>
  new DomainError(
    'UNAVAILABLE',
    'The dataset could not be looked up. Try again in a moment.',
    options,
  );
