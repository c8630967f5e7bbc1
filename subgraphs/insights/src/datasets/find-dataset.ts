import type { Identity } from '@affluent/service';
import { askSubgraph } from '@affluent/subgraph';

/** What a chart needs to know about its dataset. */
export interface FoundDataset {
  readonly workspaceId: string;
  readonly columns: ReadonlySet<string>;
}

/** @throws {DomainError} UNAVAILABLE when the datasets subgraph does not answer. */
export type FindDataset = (id: string, identity: Identity) => Promise<FoundDataset | undefined>;

const QUERY = 'query ($id: ID!) { dataset(id: $id) { workspace { id } columns { name } } }';

interface Answer {
  readonly dataset: {
    readonly workspace: { readonly id: string };
    readonly columns: readonly { readonly name: string }[];
  } | null;
}

/** Looks up datasets with the caller's token, so a dataset that the caller may not see is not found. */
export const createDatasetFinder =
  ({ datasetsUrl }: { readonly datasetsUrl: string }): FindDataset =>
  async (id, { token }) => {
    const { dataset } = await askSubgraph<Answer>({
      url: datasetsUrl,
      token,
      query: QUERY,
      variables: { id },
      failure: 'The dataset could not be looked up. Try again in a moment.',
    });
    if (!dataset) return undefined;
    const { workspace, columns } = dataset;
    return { workspaceId: workspace.id, columns: new Set(columns.map(({ name }) => name)) };
  };
