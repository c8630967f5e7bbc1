import type { EntityManager } from '@mikro-orm/postgresql';

/**
 * Takes from an account every way in that was added before anybody had shown that they read its mail. Whoever now shows it
 * may not be the one who made the account.
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
