import { createHash } from 'node:crypto';

import { InvalidTokenError } from '@affluent/service';
import { calculateJwkThumbprint, EmbeddedJWK, errors, type JWK, jwtVerify } from 'jose';
import { LRUCache } from 'lru-cache';

interface Proof {
  /** The `DPoP` header. */
  readonly proof: string | undefined;
  readonly method: string;
  /** Of the request, without query and fragment. */
  readonly url: string;
  readonly accessToken: string;
  /** The key that the access token is bound to. */
  readonly keyThumbprint: string;
}

export type VerifyProof = (proof: Proof) => Promise<void>;

/** How old a proof may be, and how far ahead the client's clock. */
const SECONDS = 60;
const MAX_ENTRIES = 100_000;

/**
 * Checks proofs of possession (RFC 9449, 4.3): made for this method, address and access token, with the token's own key,
 * within the last minute, and presented for the first time to this process.
 *
 * The function it returns throws {@link InvalidTokenError} for any that is not.
 */
export function createProofVerifier(): VerifyProof {
  // When it is full the oldest are forgotten first; each is useless anyway after two minutes.
  const seen = new LRUCache<string, true>({ max: MAX_ENTRIES, ttl: 2 * SECONDS * 1000 });
  return async ({ proof, method, url, accessToken, keyThumbprint }) => {
    const refuse = (reason: string, cause?: unknown): never => {
      throw new InvalidTokenError(`The DPoP proof does not hold: ${reason}.`, { cause });
    };
    if (!proof) return refuse('there is none');
    const verified = await jwtVerify(proof, EmbeddedJWK, {
      typ: 'dpop+jwt',
      algorithms: ['ES256', 'EdDSA', 'PS256', 'RS256'],
      requiredClaims: ['jti', 'htm', 'htu', 'iat', 'ath'],
      maxTokenAge: SECONDS,
      clockTolerance: SECONDS,
    }).catch((error: unknown) => {
      if (error instanceof errors.JOSEError || error instanceof TypeError)
        return refuse('it is malformed, badly signed or too old', error);
      throw error;
    });
    const { payload, protectedHeader } = verified;
    const thumbprint = await calculateJwkThumbprint(protectedHeader.jwk as JWK);
    if (thumbprint !== keyThumbprint) return refuse('it is made with another key');
    if (payload.htm !== method) return refuse('it is made for another method');
    if (withoutQuery(payload.htu) !== url) return refuse('it is made for another address');
    const ath = createHash('sha256').update(accessToken).digest('base64url');
    if (payload.ath !== ath) return refuse('it is made for another access token');
    const id = `${thumbprint}.${payload.jti}`;
    if (seen.has(id)) return refuse('it has been used before');
    seen.set(id, true);
    return undefined;
  };
}

function withoutQuery(htu: unknown): string | undefined {
  const url = URL.parse(String(htu));
  return url ? `${url.origin}${url.pathname}` : undefined;
}
