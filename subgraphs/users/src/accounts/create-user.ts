import { type EntityManager, UniqueConstraintViolationException } from '@mikro-orm/postgresql';

import { recordAuditEvent } from '../audit/record-audit-event.ts';
import { createOwnedWorkspace } from '../memberships/create-workspace.ts';
import { User } from '../users/user.ts';

export interface NewUser {
  readonly email: string;
  /** Whether they have shown that they read the mail of this address. */
  readonly isEmailVerified: boolean;
  readonly displayName: string;
  /** Absent when they sign in by other means only. */
  readonly passwordHash?: string;
  /** In which we write to them: `en` or `fr`. */
  readonly language: string;
  /** Of the workspace that they start with. */
  readonly workspaceName: string;
  /** Network address that the account is made from. */
  readonly address: string;
}

/**
 * Makes an account with a workspace of its own; undefined when the e-mail address has one already.
 * @param also - what belongs to the same transaction; when it throws, there is no account.
 */
export async function createUser(
  em: EntityManager,
  newUser: NewUser,
  also?: (transaction: EntityManager, user: User) => Promise<void>,
): Promise<User | undefined> {
  const { email, isEmailVerified, displayName, passwordHash, language } = newUser;
  const { workspaceName, address } = newUser;
  try {
    return await em.fork().transactional(async (transaction) => {
      const createdAt = new Date();
      const user = transaction.create(User, {
        id: crypto.randomUUID(),
        email,
        displayName,
        passwordHash: passwordHash ?? null,
        emailVerifiedAt: isEmailVerified ? createdAt : null,
        language,
        createdAt,
      });
      createOwnedWorkspace(transaction, user, workspaceName);
      await transaction.flush();
      await also?.(transaction, user);
      const event = { actorId: user.id, address, subject: email };
      await recordAuditEvent(transaction, { kind: 'ACCOUNT_CREATED', ...event });
      return user;
    });
  } catch (error) {
    if (error instanceof UniqueConstraintViolationException) return undefined;
    throw error;
  }
}
