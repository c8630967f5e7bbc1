import { identityOf, isUuid, type SubgraphContext } from '@affluent/subgraph';
import type { FilterQuery } from '@mikro-orm/core';
import DataLoader from 'dataloader';

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

/** The only place that decides which users and workspaces a caller sees: they are reached through memberships. */
export function visibleMemberships(context: Omit<SubgraphContext, 'log'>): VisibleMemberships {
  // `context.em` is read for each search: in a subscription it is a getter that gives a fresh entity manager.
  const find = (where: FilterQuery<Membership>) =>
    context.em.find(Membership, where, {
      populate: ['workspace', 'user'],
      orderBy: { createdAt: 'asc' },
    });
  const ownWorkspaces = async (): Promise<readonly string[]> => {
    const own = await context.em.find(Membership, { user: identityOf(context).userId });
    return own.map(({ workspace }) => workspace.id);
  };
  // PostgreSQL refuses to compare a uuid with other text, so such keys are not searched for.
  const ids = (keys: readonly string[]) => ({ $in: keys.filter(isUuid) });

  const ofUser = inBatches(
    async (keys) => find({ user: ids(keys), workspace: { $in: await ownWorkspaces() } }),
    ({ user }) => user.id,
  );
  const ofWorkspace = inBatches(
    async (keys) => {
      const own = new Set(await ownWorkspaces());
      return find({ workspace: { $in: keys.filter((key) => own.has(key)) } });
    },
    ({ workspace }) => workspace.id,
  );
  const ownIn = inBatches(
    (keys) => find({ user: identityOf(context).userId, workspace: ids(keys) }),
    ({ workspace }) => workspace.id,
  );
  return {
    ofUser: (userId) => ofUser.load(userId),
    ofWorkspace: (workspaceId) => ofWorkspace.load(workspaceId),
    ownIn: async (workspaceId) => (await ownIn.load(workspaceId))[0],
  };
}

/** Searches once for all keys of a batch. Without a cache, so that a later batch sees what a mutation changed. */
const inBatches = (
  search: (keys: readonly string[]) => Promise<readonly Membership[]>,
  keyOf: (membership: Membership) => string,
) =>
  new DataLoader<string, readonly Membership[]>(
    async (keys) => {
      const found = Map.groupBy(await search(keys), keyOf);
      return keys.map((key) => found.get(key) ?? []);
    },
    { cache: false },
  );
