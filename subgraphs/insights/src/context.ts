import type { Identity } from '@affluent/service';
import type { Memberships, SubgraphContext } from '@affluent/subgraph';

import type { FindDataset } from './datasets/find-dataset.ts';

export interface Context extends SubgraphContext {
  /** The caller's roles by workspace id; none when nobody is signed in. */
  readonly memberships: () => Promise<Memberships>;
  /** Asks the datasets subgraph, in the caller's name, for a dataset. */
  readonly findDataset: (id: string, identity: Identity) => ReturnType<FindDataset>;
}
