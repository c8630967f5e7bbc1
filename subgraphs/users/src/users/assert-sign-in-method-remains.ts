import { DomainError } from '@affluent/subgraph';
import type { EntityManager } from '@mikro-orm/postgresql';

import { ownPasswordHash } from './own-password-hash.ts';

/**
 * Call this after removing a sign-in method, in the same transaction and with the user locked.
 * @throws {DomainError} CONFLICT when the person has no password, passkey or connected account left.
 */
export async function assertSignInMethodRemains(em: EntityManager, userId: string): Promise<void> {
  const [found] = await em.execute<{ ways: number }[]>(
    `SELECT (SELECT count(*) FROM passkeys WHERE user_id = ?)
          + (SELECT count(*) FROM connected_accounts WHERE user_id = ?) AS ways`,
    [userId, userId],
  );
  if (Number(found?.ways ?? 0) === 0 && !(await ownPasswordHash(em)))
    throw new DomainError('CONFLICT', 'This is the only way to sign in. Set a password first.', {
      reason: 'ONLY_WAY_IN',
    });
}
