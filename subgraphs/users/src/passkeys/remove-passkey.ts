import { DomainError, identityOf, isUuid } from '@affluent/subgraph';

import { assertRecentSignIn } from '../accounts/assert-recent-sign-in.ts';
import { notifyOwner } from '../accounts/notify-owner.ts';
import { recordAuditEvent } from '../audit/record-audit-event.ts';
import type { Context } from '../context.ts';
import { assertSignInMethodRemains } from '../users/assert-sign-in-method-remains.ts';
import { lockUser } from '../users/lock-user.ts';
import { Passkey } from './passkey.ts';

/** @throws {DomainError} NOT_FOUND, CONFLICT when there would be no way left to sign in, RECENT_SIGN_IN_REQUIRED. */
export async function removePasskey(context: Context, id: string): Promise<void> {
  const { userId } = identityOf(context);
  await assertRecentSignIn(context.em, identityOf(context));
  await context.em.fork().transactional(async (em) => {
    // Locked, so that of two sign-in methods removed at once one stays.
    const user = await lockUser(em, userId);
    const passkey = isUuid(id) ? await em.findOne(Passkey, { id, user }) : null;
    if (!passkey) throw new DomainError('NOT_FOUND', 'There is no such passkey.');
    await em.remove(passkey).flush();
    await assertSignInMethodRemains(em, userId);
    await recordAuditEvent(em, {
      kind: 'PASSKEY_REMOVED',
      actorId: userId,
      subject: passkey.name,
    });
  });
  await notifyOwner(context, 'passkeyRemoved');
}
