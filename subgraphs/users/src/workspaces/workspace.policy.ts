import { DomainError, identityOf, isUuid } from '@affluent/subgraph';
import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';

import type { Context } from '../context.ts';
import { Membership, WorkspaceRole } from '../memberships/membership.ts';
import { Workspace } from '../memberships/workspace.ts';

/** A workspace that nobody else changes until the transaction ends, and the caller's place in it. */
export interface LockedWorkspace {
  readonly em: EntityManager;
  readonly workspace: Workspace;
  readonly own: Membership;
}

/**
 * A workspace, locked until the transaction of `em` ends; null when there is none (any more). Whoever changes its members or
 * invitations takes this lock first: one order for all, so that none waits for another in a circle.
 */
export const lockWorkspace = (em: EntityManager, id: string): Promise<Workspace | null> =>
  em.findOne(Workspace, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });

/**
 * Works on a workspace that the caller belongs to, alone: who is a member and as what is decided behind its lock.
 * @throws {DomainError} NOT_FOUND when there is none that the caller may know of.
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
    // Read again behind the lock: a change that was under way has been made by now.
    const present =
      workspace &&
      (await em.findOne(Membership, { user: userId, workspace: id }, { refresh: true }));
    if (!present) throw new DomainError('NOT_FOUND', 'There is no such workspace.');
    return work({ em, workspace, own: present });
  });
}

/** As {@link inWorkspace}, for what only owners do. @throws {DomainError} also FORBIDDEN for the others. */
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

/** @throws {DomainError} FORBIDDEN, or NOT_FOUND for a workspace that the caller does not know. */
export async function assertOwner({ memberships }: Context, workspaceId: string): Promise<void> {
  const own = await memberships.ownIn(workspaceId);
  if (!own) throw new DomainError('NOT_FOUND', 'There is no such workspace.');
  if (own.role !== WorkspaceRole.OWNER)
    throw new DomainError('FORBIDDEN', 'Only owners of a workspace see this.', {
      reason: 'OWNERS_ONLY',
    });
}

/**
 * To be called before somebody stops being an owner, while the caller still sees who is one. Behind the lock, so that of two
 * owners who leave at once one stays.
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
      'A workspace keeps at least one owner. Make somebody else owner first.',
      { reason: 'LAST_OWNER' },
    );
  }
}
