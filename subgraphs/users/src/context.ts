import type { SubgraphContext } from '@affluent/subgraph';

export type Context = SubgraphContext;
