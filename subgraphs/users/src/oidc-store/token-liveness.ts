import type { Identity } from '@affluent/service';
import type { EntityManager } from '@mikro-orm/postgresql';

/** Queries that find what a token depends on. */
const GRANT = `SELECT 1 FROM oidc_payloads WHERE model = 'Grant' AND id = ? AND expires_at > now()`;
const PERSONAL = `SELECT 1 FROM access_tokens WHERE id = ? AND revoked_at IS NULL AND expires_at > now()`;
const CLIENT =
  'SELECT 1 FROM oauth_clients WHERE client_id = ? AND owner_id = ? AND client_credentials';

/** The part of an identity that names what its token depends on. */
type TokenBasis = Pick<
  Identity,
  'userId' | 'clientId' | 'grantId' | 'accessTokenId' | 'isClientAlone'
>;

/**
 * Whether what a token depends on still exists: its grant, its personal access token, or the client that acts by itself. Access
 * tokens are not stored; with this check they end as soon as a person revokes them.
 */
export async function isTokenAlive(em: EntityManager, identity: TokenBasis): Promise<boolean> {
  const { grantId, accessTokenId, isClientAlone, clientId, userId } = identity;
  const isThere = async (sql: string, ...values: readonly string[]): Promise<boolean> =>
    (await em.execute<unknown[]>(sql, [...values])).length > 0;
  if (grantId !== undefined) return isThere(GRANT, grantId);
  if (accessTokenId !== undefined) return isThere(PERSONAL, accessTokenId);
  return isClientAlone && isThere(CLIENT, clientId, userId);
}
