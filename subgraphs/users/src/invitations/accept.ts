import { DomainError, identityOf } from '@affluent/subgraph';
import type { EntityManager } from '@mikro-orm/postgresql';

import { recordAuditEvent } from '../audit/record-audit-event.ts';
import type { Context } from '../context.ts';
import { Membership } from '../memberships/membership.ts';
import { digestOf } from '../secrets/secret.ts';
import { User } from '../users/user.ts';
import { lockWorkspace } from '../workspaces/workspace.policy.ts';
import { Invitation, isOpen } from './invitation.ts';

/** An entity manager that also sees the invitation behind a link, its workspace and who invites: the caller has the link. */
export function forkWithLink({ em }: Pick<Context, 'em'>, token: string): EntityManager {
  const fork = em.fork();
  fork.setSessionContext({ variables: { 'affluent.invitation': digestOf(token) } });
  return fork;
}

/** The open invitation behind a link; null when there is none. For an `em` of {@link forkWithLink}. */
export const findInvitation = (em: EntityManager, token: string): Promise<Invitation | null> =>
  em.findOne(
    Invitation,
    { digest: digestOf(token), ...isOpen() },
    { populate: ['workspace', 'invitedBy'] },
  );

/**
 * Makes the caller a member. An existing member keeps their role.
 * @throws {DomainError} NOT_FOUND when the invitation is unknown or over, FORBIDDEN when it is for another address.
 */
export function acceptInvitation(context: Context, token: string): Promise<Membership> {
  const { userId } = identityOf(context);
  return forkWithLink(context, token).transactional(async (em) => {
    const user = await em.findOne(User, userId);
    if (!user) throw new DomainError('UNAUTHENTICATED', 'This account does not exist any more.');
    const invitation = await findInvitation(em, token);
    if (!invitation) throw gone();
    const { id, role, email } = invitation;
    if (email.toLowerCase() !== user.email.toLowerCase()) {
      throw new DomainError('FORBIDDEN', 'This invitation is for another e-mail address.', {
        reason: 'OTHER_EMAIL',
      });
    }
    // Before the invitation, as its owners do who replace it, take it back, or delete the workspace at this moment: in the
    // other order each would wait for the other.
    const workspace = await lockWorkspace(em, invitation.workspace.id);
    // Read again under the lock: an invitation is accepted or revoked, never both.
    if (!workspace || (await em.count(Invitation, { id, ...isOpen() })) === 0) throw gone();
    const acceptedAt = new Date();
    const membership =
      (await em.findOne(Membership, { user, workspace })) ??
      em.create(Membership, { user, workspace, role, createdAt: acceptedAt });
    // The member first: row-level security requires an open invitation.
    await em.flush();
    await em.nativeUpdate(Invitation, { id }, { acceptedAt });
    await recordAuditEvent(em, {
      kind: 'INVITATION_ACCEPTED',
      actorId: userId,
      workspaceId: workspace.id,
      subject: `${email}: ${membership.role}`,
    });
    return membership;
  });
}

const gone = () =>
  new DomainError('NOT_FOUND', 'This invitation is unknown, used, or over.', {
    reason: 'INVITATION_GONE',
  });
