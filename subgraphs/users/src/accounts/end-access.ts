import type { EntityManager } from '@mikro-orm/postgresql';

/**
 * Ends a person's sessions and grants with all their codes and tokens. Personal access tokens stay: they belong to programs.
 * @param except - the grant of the session to keep.
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
  // Without its record a session is over: a concurrent request cannot restore it.
  await em.execute(
    `DELETE FROM sessions WHERE user_id = ? AND NOT EXISTS (
       SELECT FROM oidc_payloads WHERE model = 'Session' AND uid = sessions.id)`,
    [userId],
  );
  // A sign-in that is proved but not completed would still begin a session.
  await em.execute(
    `DELETE FROM oidc_payloads WHERE model = 'Interaction' AND
     ? IN (payload #>> '{result,login,accountId}', payload #>> '{lastSubmission,login,accountId}')`,
    [userId],
  );
}
