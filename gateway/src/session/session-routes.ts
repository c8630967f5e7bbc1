import { randomUUID } from 'node:crypto';

import { localPath } from '@affluent/local-path';
import { graphResourceOf, type Logger, onlyMethods } from '@affluent/service';
import { Router } from 'express';
import type { JWTPayload } from 'jose';
import {
  authorizationCodeGrant,
  buildAuthorizationUrl,
  buildEndSessionUrl,
  calculatePKCECodeChallenge,
  type Configuration,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
  tokenRevocation,
} from 'openid-client';

import { isFromOurPages } from './is-from-our-pages.ts';
import { SESSION_SCOPE } from './oidc-client.ts';
import type { SealedCookie } from './sealed-cookie.ts';
import type { SessionStore } from './session-store.ts';

/** The state of a sign-in while the browser is at the provider. */
export interface PendingSignIn extends JWTPayload {
  readonly state: string;
  readonly nonceSent: string;
  readonly codeVerifier: string;
  readonly returnTo: string;
}

interface SessionRouteOptions {
  readonly publicUrl: string;
  readonly oidc: Configuration;
  readonly sessions: SessionStore;
  readonly pending: SealedCookie<PendingSignIn>;
  readonly log: Logger;
}

/**
 * Browsers sign in and out here: `GET /session`, `GET /session/sign-in`, `GET /session/callback`, `POST /session/sign-out`.
 * They get one encrypted cookie and no tokens.
 */
export function sessionRoutes({
  publicUrl,
  oidc,
  sessions,
  pending,
  log,
}: SessionRouteOptions): Router {
  const { origin } = new URL(publicUrl);
  const router = Router();
  router.use((_req, res, next) => {
    res.setHeader('cache-control', 'no-store');
    next();
  });

  router.all(['/', '/sign-in', '/callback'], onlyMethods('GET', 'HEAD'));
  router.all('/sign-out', onlyMethods('POST'));

  // The web client also sends this by itself, so it does not count as use of the session.
  router.get('/', async (req, res) => {
    const session = await sessions.cookie.read(req);
    const isAlive =
      session !== undefined && (await sessions.accessTokenOf(req, false)) !== undefined;
    if (session && !isAlive) sessions.cookie.clear(res);
    res.json(isAlive ? { signedIn: true, user: { id: session.userId } } : { signedIn: false });
  });

  router.get('/sign-in', async (req, res) => {
    const content = {
      state: randomState(),
      nonceSent: randomNonce(),
      codeVerifier: randomPKCECodeVerifier(),
      returnTo: localPath(req.query.return_to),
    };
    await pending.write(res, content);
    const url = buildAuthorizationUrl(oidc, {
      redirect_uri: `${publicUrl}/session/callback`,
      scope: SESSION_SCOPE,
      resource: graphResourceOf(publicUrl),
      state: content.state,
      nonce: content.nonceSent,
      code_challenge: await calculatePKCECodeChallenge(content.codeVerifier),
      code_challenge_method: 'S256',
      ...(req.query.screen === 'sign-up' && { screen: 'sign-up' }),
      // Requires the password again, before an action that another person at this browser must not take.
      ...(req.query.prompt === 'login' && { prompt: 'login' }),
    });
    res.redirect(303, url.href);
  });

  router.get('/callback', async (req, res) => {
    const expected = await pending.read(req);
    pending.clear(res);
    if (!expected) return res.redirect(303, '/sign-in?error=expired');
    try {
      const tokens = await authorizationCodeGrant(oidc, new URL(req.originalUrl, publicUrl), {
        expectedState: expected.state,
        expectedNonce: expected.nonceSent,
        pkceCodeVerifier: expected.codeVerifier,
        idTokenExpected: true,
      });
      const userId = tokens.claims()?.sub;
      if (!userId || !tokens.refresh_token || !tokens.id_token)
        throw new Error('The provider returned no ID token or refresh token.');
      const session = {
        sessionId: randomUUID(),
        userId,
        refreshToken: tokens.refresh_token,
        idToken: tokens.id_token,
      };
      sessions.keep(session.sessionId, tokens);
      await sessions.cookie.write(res, session);
      return res.redirect(303, expected.returnTo);
    } catch (error) {
      log.warn({ err: error }, 'sign-in failed');
      return res.redirect(303, '/sign-in?error=failed');
    }
  });

  router.post('/sign-out', async (req, res) => {
    if (!isFromOurPages(req, origin))
      return res.status(403).json({ error: 'Sign out from our own pages.' });
    const session = await sessions.cookie.read(req);
    sessions.cookie.clear(res);
    if (!session) return res.json({ redirectTo: '/' });
    sessions.forget(session.sessionId);
    await tokenRevocation(oidc, session.refreshToken).catch((error: unknown) => {
      log.warn({ err: error }, 'refresh token not revoked');
    });
    const url = buildEndSessionUrl(oidc, {
      id_token_hint: session.idToken,
      post_logout_redirect_uri: `${publicUrl}/`,
    });
    return res.json({ redirectTo: url.href });
  });
  return router;
}
