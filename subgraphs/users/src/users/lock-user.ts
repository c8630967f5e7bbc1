import { DomainError } from '@affluent/subgraph';
import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';

import { User } from './user.ts';

/**
 * A user, locked until the transaction of `em` ends, so that counts of what they own stay valid.
 * @throws {DomainError} UNAUTHENTICATED when there is no such account any more.
 */
export async function lockUser(em: EntityManager, userId: string): Promise<User> {
  const user = await em.findOne(User, userId, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!user) throw new DomainError('UNAUTHENTICATED', 'This account does not exist any more.');
  return user;
}
