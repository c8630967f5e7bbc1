import { raw } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';

import { User } from './user.ts';

/** A user with their password hash; e-mail addresses count without case. One query, whether there is one or not. */
export const findByEmail = (em: EntityManager, email: string): Promise<User | null> =>
  em.findOne(
    User,
    { [raw('lower(email)')]: raw('lower(?)', [email]) },
    { populate: ['passwordHash'] },
  );
