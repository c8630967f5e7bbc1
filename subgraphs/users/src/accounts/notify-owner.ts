import { identityOf } from '@affluent/subgraph';

import type { Context } from '../context.ts';
import { messagesIn, type SecurityNotice } from '../mail/messages.ts';
import { User } from '../users/user.ts';

/**
 * Notifies the caller by mail of a change in their account, which someone else may have made. An unconfirmed address gets no such
 * mail, because it may belong to a stranger.
 */
export async function notifyOwner(
  context: Pick<Context, 'em' | 'mailer' | 'publicUrl' | 'identity'>,
  notice: SecurityNotice,
): Promise<void> {
  const { em, mailer, publicUrl } = context;
  const user = await em.findOneOrFail(User, identityOf(context).userId);
  if (!user.emailVerifiedAt) return;
  mailer.send({ to: user.email, ...messagesIn(user.language)[notice](`${publicUrl}/account`) });
}
