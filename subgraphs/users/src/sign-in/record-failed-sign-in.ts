import { admit } from '../attempts/counted-attempt.ts';
import { recordAuditEvent } from '../audit/record-audit-event.ts';
import type { SignInServices } from '../interactions/sign-in-services.ts';
import { messagesIn } from '../mail/messages.ts';
import type { User } from '../users/user.ts';

/** Failures within an hour from which the owner of an account is warned by mail, once a day. */
export const FAILURES_BEFORE_WARNING = 10;

interface FailedSignIn {
  /** The account that was tried; absent when it does not exist. */
  readonly user: User | undefined;
  readonly address: string;
  /** Within the last hour. */
  readonly accountFailures: number;
}

/**
 * Logs a wrong password and, for an existing account, adds it to the audit log; unknown addresses leave no row. The mail is sent
 * in the background, so that the time of the answer does not reveal whether the account exists.
 */
export async function recordFailedSignIn(
  { orm, log, mailer, background, publicUrl }: SignInServices,
  { user, address, accountFailures }: FailedSignIn,
): Promise<void> {
  log.warn({ userId: user?.id, address }, 'sign-in refused');
  if (!user) return;
  const { id, email, language } = user;
  background.run('recording a failed sign-in', async () => {
    const em = orm.em.fork();
    await recordAuditEvent(em, { kind: 'SIGN_IN_FAILED', actorId: id, address });
    if (accountFailures < FAILURES_BEFORE_WARNING || !(await admit(em, 'SIGN_IN_WARNING', id)))
      return;
    const { signInAttempts } = messagesIn(language);
    mailer.send({ to: email, ...signInAttempts(address, `${publicUrl}/account`) });
  });
}
