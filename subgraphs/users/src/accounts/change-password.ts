import { DomainError, identityOf } from '@affluent/subgraph';

import { admitAttempt, forgive } from '../attempts/sign-in-failure.ts';
import { recordAuditEvent } from '../audit/record-audit-event.ts';
import type { Context } from '../context.ts';
import { messagesIn } from '../mail/messages.ts';
import { findPasswordProblem } from '../passwords/password-policy.ts';
import { hashPassword, isPasswordRight } from '../passwords/passwords.ts';
import { ownPasswordHash } from '../users/own-password-hash.ts';
import { User } from '../users/user.ts';
import { assertRecentSignIn } from './assert-recent-sign-in.ts';
import { endAccess } from './end-access.ts';

interface Passwords {
  /** Not needed when the account has no password. */
  readonly current: string | null;
  readonly wanted: string;
}

const PROBLEMS = {
  LENGTH: 'Choose a password of 8 to 128 characters.',
  COMMON: 'Many people use this password, or it is your name. Choose another.',
} as const;

/** Sets a password and ends every session but this one. @throws {DomainError} BAD_USER_INPUT, FORBIDDEN, CONFLICT, RATE_LIMITED. */
export async function changePassword(context: Context, passwords: Passwords): Promise<User> {
  const { em, mailer, publicUrl } = context;
  const { userId, grantId } = identityOf(context);
  const user = await em.findOneOrFail(User, userId);
  await assertCurrent(context, user, passwords.current ?? '');
  const problem = findPasswordProblem(passwords.wanted, user);
  if (problem)
    throw new DomainError('BAD_USER_INPUT', PROBLEMS[problem], { reason: `PASSWORD_${problem}` });
  const passwordHash = await hashPassword(passwords.wanted);
  await em.fork().transactional(async (transaction) => {
    await transaction.nativeUpdate(User, { id: userId }, { passwordHash });
    await endAccess(transaction, userId, grantId === undefined ? {} : { except: grantId });
    await recordAuditEvent(transaction, { kind: 'PASSWORD_CHANGED', actorId: userId });
  });
  const { passwordChanged } = messagesIn(user.language);
  mailer.send({ to: user.email, ...passwordChanged(`${publicUrl}/account`) });
  return user;
}

/** Guesses count with those on the sign-in page. Without a password, a recent sign-in is required instead. */
async function assertCurrent(context: Context, user: User, password: string): Promise<void> {
  const { em } = context;
  const passwordHash = await ownPasswordHash(em);
  if (!passwordHash) return assertRecentSignIn(em, identityOf(context));
  const { email, id: device } = user;
  const attempt = await admitAttempt(em, { email, address: '', device });
  if ('waitSeconds' in attempt)
    throw new DomainError(
      'RATE_LIMITED',
      `Too many attempts. Try again in ${attempt.waitSeconds} seconds.`,
      { reason: 'TOO_MANY_ATTEMPTS' },
    );
  if (!(await isPasswordRight(passwordHash, password)))
    throw new DomainError('FORBIDDEN', 'The current password is not right.', {
      reason: 'WRONG_PASSWORD',
    });
  await forgive(em, attempt);
}
