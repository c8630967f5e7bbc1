import { currentCallerAddress } from '@affluent/service';
import { DomainError, identityOf } from '@affluent/subgraph';
import { raw } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';

import { admitWithin } from '../attempts/counted-attempt.ts';
import { recordAuditEvent } from '../audit/record-audit-event.ts';
import type { Context } from '../context.ts';
import { Membership, type WorkspaceRole } from '../memberships/membership.ts';
import { digestOf, newSecret } from '../secrets/secret.ts';
import { isEmail } from '../users/email-address.ts';
import { lockUser } from '../users/lock-user.ts';
import type { User } from '../users/user.ts';
import { asOwner } from '../workspaces/workspace.policy.ts';
import { invitationMessage } from './invitation-message.ts';
import { Invitation, isOpen } from './invitation.ts';

interface Invitee {
  readonly workspaceId: string;
  readonly email: string;
  readonly role: WorkspaceRole;
}

const DAYS = 7;
const MAX_OPEN = 100;

/**
 * Invites a person by mail, replacing an open invitation of the same address. With a mail server, the owner must have confirmed
 * their own address, because the message names it.
 * @returns the link too, which cannot be read again: not every installation sends mail.
 * @throws {DomainError} NOT_FOUND, FORBIDDEN, BAD_USER_INPUT for what is no address, CONFLICT for a member or too many that
 *   wait, RATE_LIMITED for too many in a day.
 */
export async function invite(context: Context, { workspaceId, role, ...input }: Invitee) {
  const email = input.email.trim();
  if (!isEmail(email))
    throw new DomainError('BAD_USER_INPUT', 'Enter an e-mail address such as ada@example.org.', {
      reason: 'EMAIL_ADDRESS',
    });
  const actorId = identityOf(context).userId;
  const token = newSecret();
  const invitation = await asOwner(context, workspaceId, async ({ em, workspace }) => {
    const isMember = { workspace, user: { [raw('lower(email)')]: raw('lower(?)', [email]) } };
    if ((await em.count(Membership, isMember)) > 0)
      throw new DomainError('CONFLICT', 'This person is a member already.', {
        reason: 'ALREADY_MEMBER',
      });
    const sameAddress = { [raw('lower(email)')]: raw('lower(?)', [email]) };
    const now = new Date();
    await em.nativeUpdate(
      Invitation,
      { workspace: workspaceId, ...isOpen(), ...sameAddress },
      { revokedAt: now },
    );
    if ((await em.count(Invitation, { workspace, ...isOpen() })) >= MAX_OPEN)
      throw new DomainError('CONFLICT', `At most ${MAX_OPEN} invitations wait at once.`, {
        reason: 'TOO_MANY_INVITATIONS',
      });
    const invitedBy = await lockUser(em, actorId);
    await assertMayInvite(em, context, { invitedBy, email });
    const created = em.create(Invitation, {
      id: crypto.randomUUID(),
      workspace,
      invitedBy,
      email,
      role,
      digest: digestOf(token),
      createdAt: now,
      expiresAt: new Date(now.getTime() + DAYS * 24 * 3600_000),
    });
    await em.flush();
    const subject = `${email}: ${role}`;
    await recordAuditEvent(em, { kind: 'MEMBER_INVITED', actorId, workspaceId, subject });
    return created;
  });
  const acceptUrl = `${context.publicUrl}/invitations/${token}`;
  context.mailer.send({ to: email, ...invitationMessage(invitation, acceptUrl) });
  return { invitation, acceptUrl };
}

/** Limits how often a person invites, and how often an address is invited. */
async function assertMayInvite(
  em: EntityManager,
  { mailer }: Context,
  { invitedBy, email }: Pick<Invitation, 'email'> & { readonly invitedBy: User },
): Promise<void> {
  if (mailer.isDelivering && !invitedBy.emailVerifiedAt)
    throw new DomainError('FORBIDDEN', 'Confirm your e-mail address first, then invite others.', {
      reason: 'EMAIL_UNCONFIRMED',
    });
  if (!(await admitWithin(em, 'INVITATION', invitedBy.id)))
    throw new DomainError('RATE_LIMITED', 'You have invited enough people for today.', {
      reason: 'ENOUGH_INVITATIONS',
    });
  if (!(await admitWithin(em, 'INVITATION_FROM', currentCallerAddress() ?? '')))
    throw new DomainError(
      'RATE_LIMITED',
      'Enough people were invited from your network address for today.',
      { reason: 'ENOUGH_INVITATIONS' },
    );
  if (mailer.isDelivering && !(await admitWithin(em, 'INVITATION_MAIL', email)))
    throw new DomainError(
      'RATE_LIMITED',
      'This address has been sent enough invitations for today. Try again tomorrow.',
      { reason: 'ENOUGH_INVITATIONS' },
    );
}
