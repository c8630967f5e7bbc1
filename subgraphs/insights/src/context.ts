import type { Identity } from '@affluent/service';
import type { CallerMemberships, SubgraphContext } from '@affluent/subgraph';

import type { FindDataset } from './datasets/find-dataset.ts';

export interface Context extends SubgraphContext {
  readonly memberships: CallerMemberships;
  /** Asks the datasets subgraph, in the caller's name, for a dataset. */
  readonly findDataset: (id: string, identity: Identity) => ReturnType<FindDataset>;
}
