import type { IncomingMessage } from 'node:http';

import type { JWTPayload } from 'jose';
import {
  type Configuration,
  refreshTokenGrant,
  ResponseBodyError,
  type TokenEndpointResponse,
} from 'openid-client';

import type { SealedCookie } from './sealed-cookie.ts';

/** What the browser's cookie holds: enough for any gateway process to act for the person. */
export interface SessionContent extends JWTPayload {
  /** New at each sign-in. */
  readonly sessionId: string;
  readonly userId: string;
  readonly refreshToken: string;
  readonly idToken: string;
}

export interface SessionStore {
  readonly cookie: SealedCookie<SessionContent>;
  /** An access token for the browser's session that lives for some seconds more; undefined without a session. */
  readonly accessTokenOf: (request: IncomingMessage) => Promise<string | undefined>;
  /** Keeps the first access token of a new session. */
  readonly keep: (sessionId: string, tokens: TokenEndpointResponse) => void;
  readonly forget: (sessionId: string) => void;
}

interface KeptToken {
  readonly token: Promise<string | undefined>;
  readonly until: number;
}

/** A token this close to its end is not handed out any more. */
const MARGIN_MILLISECONDS = 15_000;

/**
 * Sessions live in the browser's cookie; their access tokens, which last minutes, only in this process's memory. Any
 * process makes itself a new one from the refresh token in the cookie, one request to the provider per session at a time.
 */
export function createSessionStore(
  oidc: Configuration,
  cookie: SealedCookie<SessionContent>,
): SessionStore {
  const kept = new Map<string, KeptToken>();

  const lifetime = ({ expires_in = 60 }: TokenEndpointResponse): number =>
    Date.now() + expires_in * 1000 - MARGIN_MILLISECONDS;

  const refresh = ({ sessionId, refreshToken }: SessionContent): Promise<string | undefined> => {
    const token = refreshTokenGrant(oidc, refreshToken).then(
      (tokens) => {
        kept.set(sessionId, {
          token: Promise.resolve(tokens.access_token),
          until: lifetime(tokens),
        });
        return tokens.access_token;
      },
      (error: unknown) => {
        kept.delete(sessionId);
        // The provider has ended the session: signed out elsewhere, expired, or its grant was revoked.
        if (error instanceof ResponseBodyError && error.error === 'invalid_grant') return undefined;
        throw error;
      },
    );
    kept.set(sessionId, { token, until: Number.POSITIVE_INFINITY });
    return token;
  };

  return {
    cookie,
    async accessTokenOf(request) {
      const session = await cookie.read(request);
      if (!session) return undefined;
      const now = Date.now();
      for (const [id, { until }] of kept) if (until <= now) kept.delete(id);
      return kept.get(session.sessionId)?.token ?? refresh(session);
    },
    keep(sessionId, tokens) {
      kept.set(sessionId, { token: Promise.resolve(tokens.access_token), until: lifetime(tokens) });
    },
    forget(sessionId) {
      kept.delete(sessionId);
    },
  };
}
