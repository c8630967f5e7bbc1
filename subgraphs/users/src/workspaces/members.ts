import { DomainError, identityOf, isUuid } from '@affluent/subgraph';

import { recordAuditEvent } from '../audit/record-audit-event.ts';
import type { Context } from '../context.ts';
import { Membership, WorkspaceRole } from '../memberships/membership.ts';
import type { Workspace } from '../memberships/workspace.ts';
import {
  asOwner,
  assertOwnerRemains,
  inWorkspace,
  type LockedWorkspace,
} from './workspace.policy.ts';

interface Member {
  readonly workspaceId: string;
  readonly userId: string;
}

async function memberOf({ em, workspace }: LockedWorkspace, userId: string): Promise<Membership> {
  const member = isUuid(userId)
    ? await em.findOne(
        Membership,
        { user: userId, workspace },
        { populate: ['user', 'workspace'], refresh: true },
      )
    : null;
  if (!member) throw new DomainError('NOT_FOUND', 'There is no such member.');
  return member;
}

/** @throws {DomainError} NOT_FOUND, FORBIDDEN, CONFLICT for the last owner. */
export const changeRole = (
  context: Context,
  { workspaceId, userId }: Member,
  role: WorkspaceRole,
): Promise<Membership> =>
  asOwner(context, workspaceId, async (locked) => {
    const member = await memberOf(locked, userId);
    if (member.role === role) return member;
    if (member.role === WorkspaceRole.OWNER) await assertOwnerRemains(locked, member);
    member.role = role;
    await locked.em.flush();
    await recordAuditEvent(locked.em, {
      kind: 'ROLE_CHANGED',
      actorId: identityOf(context).userId,
      workspaceId,
      subject: `${member.user.email}: ${role}`,
    });
    return member;
  });

/** @throws {DomainError} NOT_FOUND, FORBIDDEN, CONFLICT for the last owner. */
export const removeMember = (
  context: Context,
  { workspaceId, userId }: Member,
): Promise<Workspace> =>
  asOwner(context, workspaceId, async (locked) => {
    const member = await memberOf(locked, userId);
    await end(locked, member, identityOf(context).userId);
    return locked.workspace;
  });

/** @throws {DomainError} NOT_FOUND, CONFLICT for the last owner. */
export const leaveWorkspace = (context: Context, workspaceId: string): Promise<void> =>
  inWorkspace(context, workspaceId, async (locked) => {
    const { userId } = identityOf(context);
    await end(locked, await memberOf(locked, userId), userId);
  });

/** The member becomes owner, the caller editor. @throws {DomainError} NOT_FOUND, FORBIDDEN, BAD_USER_INPUT to oneself. */
export const transferWorkspace = (
  context: Context,
  { workspaceId, userId }: Member,
): Promise<Workspace> =>
  asOwner(context, workspaceId, async (locked) => {
    const { own, em, workspace } = locked;
    const actorId = identityOf(context).userId;
    if (userId === actorId)
      throw new DomainError('BAD_USER_INPUT', 'The workspace is yours already.', {
        reason: 'ALREADY_OWNER',
      });
    const member = await memberOf(locked, userId);
    member.role = WorkspaceRole.OWNER;
    own.role = WorkspaceRole.EDITOR;
    await em.flush();
    await recordAuditEvent(em, {
      kind: 'ROLE_CHANGED',
      actorId,
      workspaceId,
      subject: `${member.user.email}: OWNER, instead of the one before`,
    });
    return workspace;
  });

async function end(locked: LockedWorkspace, member: Membership, actorId: string): Promise<void> {
  const { em, workspace } = locked;
  const { email } = member.user;
  if (member.role === WorkspaceRole.OWNER) await assertOwnerRemains(locked, member);
  await em.remove(member).flush();
  await recordAuditEvent(em, {
    kind: 'MEMBER_REMOVED',
    actorId,
    workspaceId: workspace.id,
    subject: email,
  });
}
