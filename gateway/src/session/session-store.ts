import type { IncomingMessage } from 'node:http';

import type { JWTPayload } from 'jose';
import { LRUCache } from 'lru-cache';
import {
  type Configuration,
  refreshTokenGrant,
  ResponseBodyError,
  type TokenEndpointResponse,
} from 'openid-client';

import type { SealedCookie } from './sealed-cookie.ts';

/** The content of the browser's cookie: enough for any gateway process to act for the user. */
export interface SessionContent extends JWTPayload {
  /** New at each sign-in. */
  readonly sessionId: string;
  readonly userId: string;
  readonly refreshToken: string;
  readonly idToken: string;
}

export interface SessionStore {
  readonly cookie: SealedCookie<SessionContent>;
  /**
   * An access token of the browser's session that is valid for some seconds more; undefined without a session.
   * @param isUse - whether a person uses the session now, which postpones its idle timeout.
   */
  readonly accessTokenOf: (request: IncomingMessage, isUse: boolean) => Promise<string | undefined>;
  /** Keeps the first access token of a new session. */
  readonly keep: (sessionId: string, tokens: TokenEndpointResponse) => void;
  readonly forget: (sessionId: string) => void;
}

type KeptTokens = LRUCache<string, Promise<string | undefined>>;

/** A token this close to its end is not used any more. */
const MARGIN_MILLISECONDS = 15_000;
const MAX_ENTRIES = 100_000;

/**
 * Sessions are stored in the browser's cookie; their access tokens, which last minutes, only in this process's memory. Any
 * process gets a new one with the refresh token in the cookie, one request to the provider per session at a time.
 *
 * The provider counts each refresh as use of the session unless the request says `unattended`. Tokens of such requests are cached
 * separately: if a use took one of them, the provider would not count it.
 */
export function createSessionStore(
  oidc: Configuration,
  cookie: SealedCookie<SessionContent>,
): SessionStore {
  const used: KeptTokens = new LRUCache({ max: MAX_ENTRIES });
  const unattended: KeptTokens = new LRUCache({ max: MAX_ENTRIES });

  const keep = (
    kept: KeptTokens,
    sessionId: string,
    { access_token, expires_in = 60 }: TokenEndpointResponse,
  ): void => {
    const ttl = expires_in * 1000 - MARGIN_MILLISECONDS;
    if (ttl > 0) kept.set(sessionId, Promise.resolve(access_token), { ttl });
    else kept.delete(sessionId);
  };

  const forget = (sessionId: string): void => {
    used.delete(sessionId);
    unattended.delete(sessionId);
  };

  const refresh = (
    { sessionId, refreshToken }: SessionContent,
    isUse: boolean,
  ): Promise<string | undefined> => {
    const kept = isUse ? used : unattended;
    const parameters = isUse ? undefined : { unattended: 'true' };
    const token = refreshTokenGrant(oidc, refreshToken, parameters).then(
      (tokens) => {
        keep(kept, sessionId, tokens);
        return tokens.access_token;
      },
      (error: unknown) => {
        forget(sessionId);
        // The provider has ended the session: signed out elsewhere, expired, or its grant was revoked.
        if (error instanceof ResponseBodyError && error.error === 'invalid_grant') return undefined;
        throw error;
      },
    );
    kept.set(sessionId, token);
    return token;
  };

  return {
    cookie,
    async accessTokenOf(request, isUse) {
      const session = await cookie.read(request);
      if (!session) return undefined;
      const { sessionId } = session;
      const kept = used.get(sessionId) ?? (isUse ? undefined : unattended.get(sessionId));
      return kept ?? refresh(session, isUse);
    },
    keep: (sessionId, tokens) => keep(used, sessionId, tokens),
    forget,
  };
}
