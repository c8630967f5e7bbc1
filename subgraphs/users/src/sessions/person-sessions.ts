import type { Identity } from '@affluent/service';
import type { EntityManager } from '@mikro-orm/postgresql';

import { recordAuditEvent } from '../audit/record-audit-event.ts';
import { isFirstParty } from '../oauth-clients/first-party.ts';
import { endGrants } from '../oidc-store/end-grants.ts';
import { OidcPayload } from '../oidc-store/oidc-payload.ts';
import { SessionRecord } from './session-record.ts';
import type { Session } from './session.ts';

/** What of oidc-provider's own record of a session matters here: which client was let in by which grant. */
interface SessionPayload {
  readonly authorizations?: Readonly<Record<string, { readonly grantId?: string }>>;
}

interface LivingSession {
  readonly record: SessionRecord;
  readonly payload: SessionPayload;
}

/** The sessions of a person that live, last used first. */
async function livingOf(em: EntityManager, userId: string): Promise<LivingSession[]> {
  const records = await em.find(
    SessionRecord,
    { userId, expiresAt: { $gt: new Date() } },
    { orderBy: { lastUsedAt: 'desc' } },
  );
  const uids = records.map(({ id }) => id);
  const rows = await em.find(OidcPayload, { model: 'Session', uid: { $in: uids } });
  return records.flatMap((record) => {
    const row = rows.find(({ uid }) => uid === record.id);
    return row ? { record, payload: row.payload as SessionPayload } : [];
  });
}

/** The browsers in which a person is signed in, last used first. */
export async function listSessions(
  em: EntityManager,
  { userId, grantId }: Pick<Identity, 'userId' | 'grantId'>,
): Promise<Session[]> {
  const living = await livingOf(em, userId);
  return living.map(({ record, payload }) => {
    const { id, userAgent, address, createdAt, lastUsedAt, expiresAt } = record;
    const clients = Object.values(payload.authorizations ?? {});
    const isCurrent = clients.some((client) => client.grantId === grantId);
    return {
      id,
      userAgent: userAgent ?? null,
      address: address ?? null,
      createdAt,
      lastUsedAt,
      expiresAt,
      isCurrent,
    };
  });
}

/**
 * Ends one session of a person with what our own clients got by it. What a third party may do without the person being
 * there goes on: that is a grant, which they see and end elsewhere.
 * @returns whether there was such a session.
 */
export async function endSession(em: EntityManager, userId: string, id: string): Promise<boolean> {
  const session = (await livingOf(em, userId)).find(({ record }) => record.id === id);
  if (!session) return false;
  const grantIds = Object.entries(session.payload.authorizations ?? {})
    .filter(([clientId]) => isFirstParty(clientId))
    .flatMap(([, { grantId }]) => grantId ?? []);
  await end(em, userId, { sessions: [session], grantIds });
  return true;
}

/**
 * Ends all sessions of a person, with every grant of our own clients and every sign-in that is under way.
 * @returns how many sessions there were.
 */
export async function endAllSessions(em: EntityManager, userId: string): Promise<number> {
  const sessions = await livingOf(em, userId);
  const grants = await em.find(OidcPayload, { model: 'Grant', payload: { accountId: userId } });
  const grantIds = grants
    .filter(({ payload }) => isFirstParty(String(payload.clientId)))
    .map(({ id }) => id);
  await end(em, userId, { sessions, grantIds });
  // A sign-in that was proved, but has not gone back to where it came from, would begin a session yet.
  await em.execute(
    `DELETE FROM oidc_payloads WHERE model = 'Interaction' AND
     ? IN (payload #>> '{result,login,accountId}', payload #>> '{lastSubmission,login,accountId}')`,
    [userId],
  );
  return sessions.length;
}

interface Ended {
  readonly sessions: readonly LivingSession[];
  readonly grantIds: readonly string[];
}

function end(em: EntityManager, actorId: string, { sessions, grantIds }: Ended): Promise<void> {
  return em.transactional(async (transaction) => {
    const uids = sessions.map(({ record }) => record.id);
    await transaction.nativeDelete(SessionRecord, { id: { $in: uids } });
    await transaction.nativeDelete(OidcPayload, { model: 'Session', uid: { $in: uids } });
    await endGrants(transaction, grantIds);
    for (const { record } of sessions) {
      const subject = record.userAgent ?? undefined;
      await recordAuditEvent(transaction, { kind: 'SESSION_ENDED', actorId, subject });
    }
  });
}

/** Forgets the records of sessions that have ended by themselves. */
export async function deleteEndedSessions(em: EntityManager): Promise<void> {
  await em.nativeDelete(SessionRecord, { expiresAt: { $lt: new Date() } });
}
