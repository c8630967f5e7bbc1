import type { EntityManager } from '@mikro-orm/postgresql';
import Provider from 'oidc-provider';

import { recordAuditEvent } from '../audit/record-audit-event.ts';
import { OidcPayload } from './oidc-payload.ts';

/**
 * Ends grants with every code and token of them: the grant's row is what refresh and access tokens are checked against.
 * Grants first: of several who end the same one at once the others wait for it here, and lock nothing of each other's.
 * @returns those that this call has ended.
 */
export async function endGrants(
  em: EntityManager,
  grantIds: readonly string[],
): Promise<OidcPayload[]> {
  if (grantIds.length === 0) return [];
  return em.transactional(async (transaction) => {
    const ids = grantIds.toSorted();
    const ended: OidcPayload[] = [];
    for (const id of ids) {
      const grant = await transaction.findOne(OidcPayload, { model: 'Grant', id });
      const gone = await transaction.nativeDelete(OidcPayload, { model: 'Grant', id });
      if (grant && gone > 0) ended.push(grant);
    }
    await transaction.nativeDelete(OidcPayload, { grantId: { $in: ids } });
    return ended;
  });
}

/**
 * Ends a grant because a code or refresh token of it came twice: one of the two who have it stole it, and nobody knows
 * which. What the first redemption is about to store finds its grant gone, and is worth nothing.
 */
export function endReusedGrant(em: EntityManager, grantId: string): Promise<void> {
  return em.transactional(async (transaction) => {
    const [grant] = await endGrants(transaction, [grantId]);
    if (!grant) return;
    const { accountId, clientId } = grant.payload;
    const ctx = Provider.ctx;
    await recordAuditEvent(transaction, {
      kind: 'TOKEN_REUSED',
      actorId: accountId,
      address: ctx?.ip,
      subject: ctx?.oidc.client?.clientName ?? clientId,
    });
  });
}
