import { createTokenVerifier, type Logger } from '@affluent/service';
import type { Router } from 'express';

import type { Config } from '../config.ts';
import { createOidcClient } from '../session/oidc-client.ts';
import { createSealedCookie } from '../session/sealed-cookie.ts';
import { type PendingSignIn, sessionRoutes } from '../session/session-routes.ts';
import { createSessionStore, type SessionContent } from '../session/session-store.ts';
import { createCallerReader, type IdentifyCaller } from './caller.ts';
import { createProofVerifier } from './dpop.ts';
import { createTokenExchange } from './token-exchange.ts';

const SESSION_SECONDS = 14 * 24 * 3600;
const SIGN_IN_SECONDS = 10 * 60;

interface Identification {
  readonly identify: IdentifyCaller;
  /** `/session/*`, where browsers sign in and out. */
  readonly sessionRoutes: Router;
}

/** Builds what identifies callers: the sessions of browsers and the tokens of programs. */
export function createIdentification(config: Config, log: Logger): Identification {
  const { PUBLIC_URL: publicUrl, USERS_URL: usersUrl, SESSION_KEY: key } = config;
  const sealed = { key, secure: publicUrl.startsWith('https:') };
  const oidc = createOidcClient({
    publicUrl,
    usersUrl,
    clientSecret: config.GATEWAY_CLIENT_SECRET,
  });
  const cookie = createSealedCookie<SessionContent>({
    ...sealed,
    name: 'affluent_session',
    maxAgeSeconds: SESSION_SECONDS,
  });
  const pending = createSealedCookie<PendingSignIn>({
    ...sealed,
    name: 'affluent_sign_in',
    maxAgeSeconds: SIGN_IN_SECONDS,
  });
  const sessions = createSessionStore(oidc, cookie);
  return {
    identify: createCallerReader({
      publicUrl,
      sessions,
      verifyToken: createTokenVerifier({ publicUrl, usersUrl, acceptsKeyBound: true }),
      verifyProof: createProofVerifier(),
      tokens: createTokenExchange(oidc, publicUrl),
    }),
    sessionRoutes: sessionRoutes({ publicUrl, oidc, sessions, pending, log }),
  };
}
