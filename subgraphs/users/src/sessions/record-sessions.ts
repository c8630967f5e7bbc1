import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import type { KoaContextWithOIDC, default as Provider } from 'oidc-provider';

import { recordAuditEvent } from '../audit/record-audit-event.ts';
import { WEB_CLIENT } from '../oauth-clients/first-party.ts';
import type { SessionLimits } from './session-limits.ts';
import { SessionRecord } from './session-record.ts';
import { isUnattended } from './web-token-seconds.ts';

interface RecordOptions {
  readonly orm: MikroORM;
  readonly sessionLimits: SessionLimits;
}

const MAX_USER_AGENT_LENGTH = 400;

/** Maintains the record of each session: created at sign-in, extended by each use, deleted at sign-out. */
export function recordSessions(provider: Provider, { orm, sessionLimits }: RecordOptions): void {
  provider.use(async (ctx, next) => {
    await next();
    // Unknown paths have no provider context.
    const context = ctx as KoaContextWithOIDC;
    switch (context.oidc?.route) {
      case 'authorization':
      case 'resume':
      case 'code_verification':
      case 'device_resume':
        return recordVisit(orm.em.fork(), context, sessionLimits);
      case 'token':
        return recordTokens(orm, context, sessionLimits);
      case 'end_session_confirm':
        return recordSignOut(orm.em.fork(), context);
      default:
        return undefined;
    }
  });
}

async function recordVisit(
  em: EntityManager,
  { oidc, ip, req }: KoaContextWithOIDC,
  limits: SessionLimits,
): Promise<void> {
  const { session, result } = oidc;
  if (!session?.accountId || !session.uid) return;
  if (!result?.login) return touch(em, session.uid, limits);
  const now = Date.now();
  await em.upsert(SessionRecord, {
    id: session.uid,
    userId: session.accountId,
    userAgent: req.headers['user-agent']?.slice(0, MAX_USER_AGENT_LENGTH) ?? null,
    address: ip,
    createdAt: new Date((session.loginTs ?? now / 1000) * 1000),
    lastUsedAt: new Date(now),
    expiresAt: new Date(now + Math.min(limits.idle, limits.absolute) * 1000),
  });
}

/** Tokens that the gateway marks as unattended, and tokens of programs, are no use of the session by a person. */
async function recordTokens(
  orm: MikroORM,
  { oidc, status }: KoaContextWithOIDC,
  limits: SessionLimits,
): Promise<void> {
  if (status !== 200 || oidc.client?.clientId !== WEB_CLIENT || isUnattended(oidc)) return;
  const { RefreshToken, AuthorizationCode } = oidc.entities;
  const uid = (RefreshToken ?? AuthorizationCode)?.sessionUid;
  if (uid) await touch(orm.em.fork(), uid, limits);
}

/** Written at most once a minute, or ten times per idle period if that is shorter. */
async function touch(em: EntityManager, id: string, { idle, absolute }: SessionLimits) {
  await em.execute(
    `UPDATE sessions SET last_used_at = now(),
       expires_at = least(now() + ? * interval '1 second', created_at + ? * interval '1 second')
     WHERE id = ? AND expires_at > now() AND last_used_at < now() - ? * interval '1 second'`,
    [idle, absolute, id, Math.min(60, idle / 10)],
  );
}

async function recordSignOut(
  em: EntityManager,
  { oidc, ip, status }: KoaContextWithOIDC,
): Promise<void> {
  const { uid, accountId } = oidc.session ?? {};
  if (!oidc.params?.logout || status >= 400 || !uid || !accountId) return;
  await em.transactional(async (transaction) => {
    await transaction.nativeDelete(SessionRecord, { id: uid });
    await recordAuditEvent(transaction, { kind: 'SIGNED_OUT', actorId: accountId, address: ip });
  });
}
