import { DomainError, identityOf, isUuid } from '@affluent/subgraph';
import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';

import type { Context } from '../context.ts';
import { Membership, WorkspaceRole } from '../memberships/membership.ts';
import { Workspace } from '../memberships/workspace.ts';

/** A workspace that is locked until the transaction ends, with the caller's membership. */
export interface LockedWorkspace {
  readonly em: EntityManager;
  readonly workspace: Workspace;
  readonly own: Membership;
}

/**
 * A workspace, locked until the transaction of `em` ends; null when it does not exist. Every change of members or invitations
 * takes this lock first: the same order everywhere prevents deadlocks.
 */
export const lockWorkspace = (em: EntityManager, id: string): Promise<Workspace | null> =>
  em.findOne(Workspace, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });

/**
 * Runs work on a workspace of the caller's under its lock, after reading the caller's membership again.
 * @throws {DomainError} NOT_FOUND when the caller is not a member.
 */
export function inWorkspace<T>(
  context: Context,
  id: string,
  work: (locked: LockedWorkspace) => Promise<T>,
): Promise<T> {
  const { userId } = identityOf(context);
  return context.em.fork().transactional(async (em) => {
    const own = isUuid(id)
      ? await em.findOne(Membership, { user: userId, workspace: id }, { populate: ['workspace'] })
      : null;
    const workspace = own && (await lockWorkspace(em, id));
    // Read again under the lock: a concurrent change may have been committed.
    const present =
      workspace &&
      (await em.findOne(Membership, { user: userId, workspace: id }, { refresh: true }));
    if (!present) throw new DomainError('NOT_FOUND', 'There is no such workspace.');
    return work({ em, workspace, own: present });
  });
}

/** Like {@link inWorkspace}, for owners only. @throws {DomainError} also FORBIDDEN for other members. */
export const asOwner = <T>(
  context: Context,
  id: string,
  work: (locked: LockedWorkspace) => Promise<T>,
): Promise<T> =>
  inWorkspace(context, id, async (locked) => {
    if (locked.own.role !== WorkspaceRole.OWNER) {
      throw new DomainError('FORBIDDEN', 'Only owners of a workspace manage it.', {
        reason: 'OWNERS_ONLY',
      });
    }
    return work(locked);
  });

/** @throws {DomainError} FORBIDDEN, or NOT_FOUND when the caller is not a member. */
export async function assertOwner({ memberships }: Context, workspaceId: string): Promise<void> {
  const own = await memberships.ownIn(workspaceId);
  if (!own) throw new DomainError('NOT_FOUND', 'There is no such workspace.');
  if (own.role !== WorkspaceRole.OWNER)
    throw new DomainError('FORBIDDEN', 'Only owners of a workspace see this.', {
      reason: 'OWNERS_ONLY',
    });
}

/**
 * Call this before an owner loses the role, while the caller still sees the other owners. The lock makes sure that of two owners
 * who leave at once one stays.
 * @throws {DomainError} CONFLICT when there is no other owner.
 */
export async function assertOwnerRemains(
  { em, workspace }: LockedWorkspace,
  { user }: Membership,
): Promise<void> {
  const others = { workspace, role: WorkspaceRole.OWNER, user: { $ne: user } };
  if ((await em.count(Membership, others)) === 0) {
    throw new DomainError(
      'CONFLICT',
      'A workspace needs at least one owner. Make another member owner first.',
      { reason: 'LAST_OWNER' },
    );
  }
}
