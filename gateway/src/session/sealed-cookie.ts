import type { IncomingMessage } from 'node:http';

import { parseCookie } from 'cookie';
import type { CookieOptions, Response } from 'express';
import { EncryptJWT, errors, jwtDecrypt, type JWTPayload } from 'jose';

interface SealedCookieOptions {
  readonly name: string;
  readonly key: Uint8Array;
  /** Whether the public URL is HTTPS: the cookie is then `Secure`, with the prefix `__Host-`. */
  readonly secure: boolean;
  /** After this time browsers do not send the cookie, and it does not open. */
  readonly maxAgeSeconds: number;
}

/** An encrypted cookie (JWE, `dir` with A256GCM) that scripts cannot read. */
export interface SealedCookie<Content extends JWTPayload> {
  readonly read: (request: IncomingMessage) => Promise<Content | undefined>;
  readonly write: (response: Response, content: Content) => Promise<void>;
  readonly clear: (response: Response) => void;
}

export function createSealedCookie<Content extends JWTPayload>({
  name,
  key,
  secure,
  maxAgeSeconds,
}: SealedCookieOptions): SealedCookie<Content> {
  const fullName = secure ? `__Host-${name}` : name;
  // Lax, not Strict: for some browsers the identity provider's redirect is a navigation from another site.
  const options: CookieOptions = { httpOnly: true, secure, sameSite: 'lax', path: '/' };
  return {
    async read({ headers }) {
      const sealed = parseCookie(headers.cookie ?? '')[fullName];
      if (!sealed) return undefined;
      try {
        // The cookie's name is its audience, so that one kind of cookie is never accepted as another.
        const { payload } = await jwtDecrypt<Content>(sealed, key, {
          audience: name,
          keyManagementAlgorithms: ['dir'],
          contentEncryptionAlgorithms: ['A256GCM'],
        });
        return payload;
      } catch (error) {
        if (error instanceof errors.JOSEError) return undefined;
        throw error;
      }
    },
    async write(response, content) {
      const sealed = await new EncryptJWT(content)
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
        .setAudience(name)
        .setIssuedAt()
        .setExpirationTime(`${maxAgeSeconds}s`)
        .encrypt(key);
      response.cookie(fullName, sealed, { ...options, maxAge: maxAgeSeconds * 1000 });
    },
    clear(response) {
      response.clearCookie(fullName, options);
    },
  };
}
