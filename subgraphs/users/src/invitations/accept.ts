import { DomainError, identityOf } from '@affluent/subgraph';
import type { EntityManager } from '@mikro-orm/postgresql';

import { recordAuditEvent } from '../audit/record-audit-event.ts';
import type { Context } from '../context.ts';
import { digestOf } from '../secrets/secret.ts';
import { lockUser } from '../users/lock-user.ts';
import { Membership } from '../workspaces/membership.ts';
import { Invitation, isOpen } from './invitation.ts';

/** The open invitation behind a link; null when there is none. */
export const findInvitation = (em: EntityManager, token: string): Promise<Invitation | null> =>
  em.findOne(
    Invitation,
    { digest: digestOf(token), ...isOpen() },
    { populate: ['workspace', 'invitedBy'] },
  );

/**
 * Makes the caller a member. Who is one already keeps their role.
 * @throws {DomainError} NOT_FOUND when the invitation is unknown or over, FORBIDDEN when it is for another address.
 */
export function acceptInvitation(context: Context, token: string): Promise<Membership> {
  const { userId } = identityOf(context);
  return context.em.fork().transactional(async (em) => {
    const user = await lockUser(em, userId);
    const invitation = await findInvitation(em, token);
    if (!invitation) throw gone();
    const { id, workspace, role, email } = invitation;
    if (email.toLowerCase() !== user.email.toLowerCase()) {
      throw new DomainError('FORBIDDEN', 'This invitation is for another e-mail address.');
    }
    const acceptedAt = new Date();
    // One conditional UPDATE: it is accepted or revoked, never both.
    if ((await em.nativeUpdate(Invitation, { id, ...isOpen() }, { acceptedAt })) === 0)
      throw gone();
    const present = await em.findOne(Membership, { user, workspace });
    if (present) return present;
    const membership = em.create(Membership, { user, workspace, role, createdAt: acceptedAt });
    await em.flush();
    await recordAuditEvent(em, {
      kind: 'INVITATION_ACCEPTED',
      actorId: userId,
      workspaceId: workspace.id,
      subject: `${email}: ${role}`,
    });
    return membership;
  });
}

const gone = () => new DomainError('NOT_FOUND', 'This invitation is unknown, used, or over.');
