import type { EntityManager } from '@mikro-orm/postgresql';

/**
 * Ends a person's sessions and grants, with every code and token of them. Personal access tokens stay: they belong to
 * programs, which have each their own.
 * @param except - the grant of the session that goes on.
 */
export async function endAccess(
  em: EntityManager,
  userId: string,
  { except = '' }: { readonly except?: string } = {},
): Promise<void> {
  await em.execute(
    `DELETE FROM oidc_payloads
     WHERE payload->>'accountId' = ? AND id <> ? AND grant_id IS DISTINCT FROM ?
       AND NOT EXISTS (
         SELECT FROM jsonb_each(coalesce(payload->'authorizations', '{}')) AS client
         WHERE client.value->>'grantId' = ?)`,
    [userId, except, except, except],
  );
  // The record of a session says that it lives: without it, no request that is under way brings the session back.
  await em.execute(
    `DELETE FROM sessions WHERE user_id = ? AND NOT EXISTS (
       SELECT FROM oidc_payloads WHERE model = 'Session' AND uid = sessions.id)`,
    [userId],
  );
  // A sign-in that was proved, but has not gone back to where it came from, would begin a session yet.
  await em.execute(
    `DELETE FROM oidc_payloads WHERE model = 'Interaction' AND
     ? IN (payload #>> '{result,login,accountId}', payload #>> '{lastSubmission,login,accountId}')`,
    [userId],
  );
}
