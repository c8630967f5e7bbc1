import type { EntityManager } from '@mikro-orm/postgresql';
import Provider from 'oidc-provider';

import { recordAuditEvent } from '../audit/record-audit-event.ts';
import { OidcPayload } from './oidc-payload.ts';

/**
 * Ends grants with all their codes and tokens: refresh and access tokens are checked against the grant's row. The grants are
 * deleted first and in order, so that concurrent calls wait here and cannot deadlock.
 * @returns the grants that this call has ended.
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
 * Ends a grant because one of its codes or refresh tokens was presented twice: it was stolen, and the thief cannot be distinguished from
 * the client. Tokens that the first redemption is still storing are invalid, because their grant is gone.
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
