import { hkdfSync } from 'node:crypto';

import type { CookieOptions, Request, Response } from 'express';
import { EncryptJWT, jwtDecrypt } from 'jose';
import {
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client';

import type { OutsideProvider } from './outside-providers.ts';

/** Purpose of a request: to sign in (an interaction), or to connect an account (a session). */
export const OutsidePurpose = { SIGN_IN: 'SIGN_IN', CONNECT: 'CONNECT' } as const;
export type OutsidePurpose = (typeof OutsidePurpose)[keyof typeof OutsidePurpose];

/** What must come back unchanged, and its purpose. */
export interface OutsideFlow {
  readonly state: string;
  readonly nonceSent: string;
  readonly codeVerifier: string;
  readonly purpose: OutsidePurpose;
  /** Id of the interaction, or of the provider's session. */
  readonly purposeId: string;
}

export interface OutsideFlows {
  /** Stores the flow in this browser and returns the authorization URL. */
  readonly begin: (
    res: Response,
    outside: OutsideProvider,
    goal: Pick<OutsideFlow, 'purpose' | 'purposeId'>,
  ) => Promise<URL>;
  /** Ends and returns this browser's flow; undefined without one. */
  readonly end: (
    req: Request,
    res: Response,
    outside: OutsideProvider,
  ) => Promise<OutsideFlow | undefined>;
}

const LIFE_SECONDS = 600;

interface FlowOptions {
  readonly publicUrl: string;
  readonly encryptionKey: Uint8Array;
}

/**
 * Authorization requests to outside providers. Each is bound to its browser by an encrypted cookie that is sent to the callback only.
 * A browser that someone else sends to the callback has no cookie, and its parameters are ignored.
 */
export function createOutsideFlows({ publicUrl, encryptionKey }: FlowOptions): OutsideFlows {
  const key = new Uint8Array(hkdfSync('sha256', encryptionKey, '', 'outside flows', 32));
  const secure = publicUrl.startsWith('https:');
  // Limited to one path, which `__Host-` does not allow.
  const cookieName = `${secure ? '__Secure-' : ''}affluent_outside`;
  const pathOf = ({ id }: OutsideProvider) => `/oidc/callback/${id}`;
  const cookieFor = (outside: OutsideProvider): CookieOptions => ({
    path: pathOf(outside),
    httpOnly: true,
    secure,
    sameSite: 'lax',
  });
  return {
    async begin(res, outside, goal) {
      const configuration = await outside.discover();
      const flow: OutsideFlow = {
        ...goal,
        state: randomState(),
        nonceSent: randomNonce(),
        codeVerifier: randomPKCECodeVerifier(),
      };
      const sealed = await new EncryptJWT({ flow })
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
        .setAudience(outside.id)
        .setExpirationTime(`${LIFE_SECONDS}s`)
        .encrypt(key);
      res.cookie(cookieName, sealed, { ...cookieFor(outside), maxAge: LIFE_SECONDS * 1000 });
      return buildAuthorizationUrl(configuration, {
        redirect_uri: `${publicUrl}${pathOf(outside)}`,
        scope: outside.scope,
        state: flow.state,
        nonce: flow.nonceSent,
        code_challenge: await calculatePKCECodeChallenge(flow.codeVerifier),
        code_challenge_method: 'S256',
      });
    },
    async end(req, res, outside) {
      res.clearCookie(cookieName, cookieFor(outside));
      const sealed = new RegExp(`(?:^|;\\s*)${cookieName}=([\\w.-]+)`).exec(
        req.get('cookie') ?? '',
      );
      try {
        const { payload } = await jwtDecrypt(sealed?.[1] ?? '', key, { audience: outside.id });
        return payload.flow as OutsideFlow;
      } catch {
        return undefined;
      }
    },
  };
}
