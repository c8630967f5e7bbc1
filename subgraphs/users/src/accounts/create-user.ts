import { type EntityManager, UniqueConstraintViolationException } from '@mikro-orm/postgresql';

import { recordAuditEvent } from '../audit/record-audit-event.ts';
import { createOwnedWorkspace } from '../memberships/create-workspace.ts';
import { User } from '../users/user.ts';

export interface NewUser {
  readonly email: string;
  /** Whether they have confirmed the address. */
  readonly isEmailVerified: boolean;
  readonly displayName: string;
  /** Absent when they have no password. */
  readonly passwordHash?: string;
  /** Language of messages to them: `en` or `fr`. */
  readonly language: string;
  /** Name of their first workspace. */
  readonly workspaceName: string;
  /** Network address of the request. */
  readonly address: string;
}

/**
 * Creates an account with a workspace; undefined when the e-mail address already has an account.
 * @param also - runs in the same transaction; when it throws, no account is created.
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
