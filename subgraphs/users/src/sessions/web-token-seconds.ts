import type { EntityManager } from '@mikro-orm/postgresql';
import type { KoaContextWithOIDC } from 'oidc-provider';

import type { SessionLimits } from './session-limits.ts';
import { SessionRecord } from './session-record.ts';

type OidcContext = KoaContextWithOIDC['oidc'];

/** How long access tokens live at most. */
export const MAX_TOKEN_SECONDS = 300;
/** A shorter one could end under way. */
const MIN_TOKEN_SECONDS = 10;

/** Whether the gateway asks for a token for what an open page does by itself: that is no use of the session. */
export const isUnattended = ({ body }: OidcContext): boolean => body?.unattended === 'true';

/**
 * How long an access token of the web client lives, in seconds. While it lives, the gateway does not report further use, so it
 * lasts a tenth of the idle time at most. One that no person asked for ends with the session, and with it what it keeps open.
 */
export async function webTokenSeconds(
  em: EntityManager,
  oidc: OidcContext,
  { idle }: SessionLimits,
): Promise<number> {
  const seconds = Math.min(MAX_TOKEN_SECONDS, Math.max(MIN_TOKEN_SECONDS, Math.floor(idle / 10)));
  const id = oidc.entities.RefreshToken?.sessionUid;
  if (!id || !isUnattended(oidc)) return seconds;
  const session = await em.findOne(SessionRecord, id);
  const left = ((session?.expiresAt.getTime() ?? 0) - Date.now()) / 1000;
  // One second more: a token that ends before its session would end what is open too early.
  return Math.max(1, Math.min(seconds, Math.ceil(left) + 1));
}
