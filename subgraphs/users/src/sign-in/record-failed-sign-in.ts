import { admit } from '../attempts/counted-attempt.ts';
import { recordAuditEvent } from '../audit/record-audit-event.ts';
import type { SignInServices } from '../interactions/sign-in-services.ts';
import { messagesIn } from '../mail/messages.ts';
import type { User } from '../users/user.ts';

/** From so many failures within an hour on, the owner of an account is told by mail, once a day. */
export const FAILURES_BEFORE_WARNING = 10;

interface FailedSignIn {
  /** On whose account it was tried; absent when there is none. */
  readonly user: User | undefined;
  readonly address: string;
  /** Within the last hour. */
  readonly accountFailures: number;
}

/**
 * Notes a wrong password in the log and, of an account that exists, in the audit log: names that nobody has leave no row
 * behind. The mail goes out in the background, so that the time of the answer does not tell whether there is an account.
 */
export async function recordFailedSignIn(
  { orm, log, mailer, background, publicUrl }: SignInServices,
  { user, address, accountFailures }: FailedSignIn,
): Promise<void> {
  log.warn({ userId: user?.id, address }, 'sign-in refused');
  if (!user) return;
  const { id, email, language } = user;
  background.run('note of a failed sign-in', async () => {
    const em = orm.em.fork();
    await recordAuditEvent(em, { kind: 'SIGN_IN_FAILED', actorId: id, address });
    if (accountFailures < FAILURES_BEFORE_WARNING || !(await admit(em, 'SIGN_IN_WARNING', id)))
      return;
    const { signInAttempts } = messagesIn(language);
    mailer.send({ to: email, ...signInAttempts(address, `${publicUrl}/account`) });
  });
}
