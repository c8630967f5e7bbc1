import type { Identity } from '@affluent/service';
import { DomainError } from '@affluent/subgraph';
import type { EntityManager } from '@mikro-orm/postgresql';

import { isRecent } from '../interactions/read-session.ts';

/**
 * Guards changes that outlive the session and need no other secret: an open session must not be enough to take over the account.
 * @throws {DomainError} RECENT_SIGN_IN_REQUIRED unless the caller's session began within the last 15 minutes.
 */
export async function assertRecentSignIn(
  em: EntityManager,
  { userId, grantId }: Pick<Identity, 'userId' | 'grantId'>,
): Promise<void> {
  const [session] = await em.execute<{ signed_in_at: string }[]>(
    `SELECT sessions.created_at AS signed_in_at FROM sessions
     JOIN oidc_payloads ON model = 'Session' AND uid = sessions.id
     CROSS JOIN jsonb_each(coalesce(payload->'authorizations', '{}')) AS client
     WHERE user_id = ? AND client.value->>'grantId' = ?`,
    [userId, grantId ?? ''],
  );
  if (session && isRecent({ signedInAt: new Date(session.signed_in_at) })) return;
  throw new DomainError(
    'RECENT_SIGN_IN_REQUIRED',
    'You signed in more than 15 minutes ago. Sign in again, then do this.',
  );
}
