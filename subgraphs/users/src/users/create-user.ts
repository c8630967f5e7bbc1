import { type EntityManager, UniqueConstraintViolationException } from '@mikro-orm/postgresql';

import { hashPassword } from '../sign-in/passwords.ts';
import { createOwnedWorkspace } from '../workspaces/create-workspace.ts';
import { User } from './user.ts';

interface NewUser {
  readonly email: string;
  readonly displayName: string;
  readonly password: string;
  /** Of the workspace that they start with. */
  readonly workspaceName: string;
}

/** Makes an account with a workspace of its own; undefined when the e-mail address has one already. */
export async function createUser(em: EntityManager, newUser: NewUser): Promise<User | undefined> {
  const { email, displayName, password, workspaceName } = newUser;
  const passwordHash = await hashPassword(password);
  try {
    return await em.fork().transactional((transaction) => {
      const createdAt = new Date();
      const user = transaction.create(User, {
        id: crypto.randomUUID(),
        email,
        displayName,
        passwordHash,
        createdAt,
      });
      createOwnedWorkspace(transaction, user, workspaceName);
      return Promise.resolve(user);
    });
  } catch (error) {
    if (error instanceof UniqueConstraintViolationException) return undefined;
    throw error;
  }
}
