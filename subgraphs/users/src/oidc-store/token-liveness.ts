import type { Identity } from '@affluent/service';
import type { EntityManager } from '@mikro-orm/postgresql';

/** What a token stands on, and how to find that it is still there. */
const GRANT = `SELECT 1 FROM oidc_payloads WHERE model = 'Grant' AND id = ? AND expires_at > now()`;
const PERSONAL = `SELECT 1 FROM access_tokens WHERE id = ? AND revoked_at IS NULL AND expires_at > now()`;
const CLIENT =
  'SELECT 1 FROM oauth_clients WHERE client_id = ? AND owner_id = ? AND client_credentials';

/** What of an identity says on what its token stands. */
type TokenBasis = Pick<
  Identity,
  'userId' | 'clientId' | 'grantId' | 'accessTokenId' | 'isClientAlone'
>;

/**
 * Whether what a token stands on is still there: its grant, its personal access token, or the client that acts alone. An
 * access token is no row in the database; by this it ends when a person says so, not minutes later.
 */
export async function isTokenAlive(em: EntityManager, identity: TokenBasis): Promise<boolean> {
  const { grantId, accessTokenId, isClientAlone, clientId, userId } = identity;
  const isThere = async (sql: string, ...values: readonly string[]): Promise<boolean> =>
    (await em.execute<unknown[]>(sql, [...values])).length > 0;
  if (grantId !== undefined) return isThere(GRANT, grantId);
  if (accessTokenId !== undefined) return isThere(PERSONAL, accessTokenId);
  return isClientAlone && isThere(CLIENT, clientId, userId);
}
