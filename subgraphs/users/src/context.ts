import type { SubgraphContext } from '@affluent/subgraph';

import { type VisibleMemberships, visibleMemberships } from './workspaces/visible-memberships.ts';

export interface Context extends SubgraphContext {
  readonly memberships: VisibleMemberships;
}

export const extendContext = (context: SubgraphContext): Context => ({
  ...context,
  memberships: visibleMemberships(context),
});
