import { identityOf, isUuid, type SubgraphContext } from '@affluent/subgraph';
import type { FilterQuery } from '@mikro-orm/core';

import { inBatches } from './in-batches.ts';
import { Membership } from './membership.ts';

/** The memberships that the caller sees: those in workspaces of their own. Each comes with its user and workspace. */
export interface VisibleMemberships {
  /** Oldest first. */
  readonly ofUser: (userId: string) => Promise<readonly Membership[]>;
  /** Oldest first; none where the caller is not a member. */
  readonly ofWorkspace: (workspaceId: string) => Promise<readonly Membership[]>;
  /** The caller's own in a workspace. */
  readonly ownIn: (workspaceId: string) => Promise<Membership | undefined>;
}

/** The one place that says whom and what a caller sees: users and workspaces are reached through memberships. */
export function visibleMemberships(context: Omit<SubgraphContext, 'log'>): VisibleMemberships {
  // Asked for each time: in a subscription each is a new one, which sees what has changed.
  const find = (where: FilterQuery<Membership>) =>
    context.em.find(Membership, where, {
      populate: ['workspace', 'user'],
      orderBy: { createdAt: 'asc' },
    });
  const ownWorkspaces = async (): Promise<readonly string[]> => {
    const own = await context.em.find(Membership, { user: identityOf(context).userId });
    return own.map(({ workspace }) => workspace.id);
  };
  // What cannot be an id of ours is not found; the database would refuse to compare it.
  const ids = (keys: readonly string[]) => ({ $in: keys.filter(isUuid) });

  const ownIn = inBatches(
    (keys) => find({ user: identityOf(context).userId, workspace: ids(keys) }),
    ({ workspace }) => workspace.id,
  );
  return {
    ofUser: inBatches(
      async (keys) => find({ user: ids(keys), workspace: { $in: await ownWorkspaces() } }),
      ({ user }) => user.id,
    ),
    ofWorkspace: inBatches(
      async (keys) => {
        const own = new Set(await ownWorkspaces());
        return find({ workspace: { $in: keys.filter((key) => own.has(key)) } });
      },
      ({ workspace }) => workspace.id,
    ),
    ownIn: async (workspaceId) => (await ownIn(workspaceId))[0],
  };
}
