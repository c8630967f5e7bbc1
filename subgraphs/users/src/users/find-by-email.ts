import { raw } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';

import { User } from './user.ts';

/** A user with their password hash; case-insensitive. Always one query, so that its time does not reveal whether there is a user. */
export const findByEmail = (em: EntityManager, email: string): Promise<User | null> =>
  em.findOne(
    User,
    { [raw('lower(email)')]: raw('lower(?)', [email]) },
    { populate: ['passwordHash'] },
  );
