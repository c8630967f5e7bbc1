import type { Identity } from '@affluent/service';
import type { CallerMemberships, SubgraphContext } from '@affluent/subgraph';

import type { FindDataset } from './datasets/find-dataset.ts';

export interface Context extends SubgraphContext {
  readonly memberships: CallerMemberships;
  /** Looks up a dataset in the datasets subgraph, with the caller's token. */
  readonly findDataset: (id: string, identity: Identity) => ReturnType<FindDataset>;
}
