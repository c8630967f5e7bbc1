import type { EntityManager } from '@mikro-orm/postgresql';

/**
 * Removes every sign-in method and program that was added before the address was confirmed: the person who confirms it may not be
 * the one who created the account.
 */
export async function forgetUnprovenSignInMethods(
  em: EntityManager,
  userId: string,
): Promise<void> {
  await em.execute('DELETE FROM connected_accounts WHERE user_id = ?', [userId]);
  await em.execute('DELETE FROM passkeys WHERE user_id = ?', [userId]);
  await em.execute('DELETE FROM access_tokens WHERE user_id = ?', [userId]);
  await em.execute('DELETE FROM oauth_clients WHERE owner_id = ?', [userId]);
}
