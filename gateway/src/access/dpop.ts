import { createHash } from 'node:crypto';

import { InvalidTokenError } from '@affluent/service';
import { calculateJwkThumbprint, EmbeddedJWK, errors, type JWK, jwtVerify } from 'jose';

import { createUsedProofs, type UsedProofs } from './used-proofs.ts';

interface Proof {
  /** The `DPoP` header. */
  readonly proof: string | undefined;
  readonly method: string;
  /** URL of the request, without query and fragment. */
  readonly url: string;
  readonly accessToken: string;
  /** The key that the access token is bound to. */
  readonly keyThumbprint: string;
}

export type VerifyProof = (proof: Proof) => Promise<void>;

/** The age of a proof, and the difference to the client's clock, that are accepted. */
const SECONDS = 60;

/**
 * Checks proofs of possession (RFC 9449, 4.3): made for this method, URL and access token, with the token's own key,
 * within the last minute, and presented for the first time.
 *
 * The function it returns throws {@link InvalidTokenError} for any other.
 */
export function createProofVerifier(
  usedProofs: UsedProofs = createUsedProofs(2 * SECONDS),
): VerifyProof {
  return async ({ proof, method, url, accessToken, keyThumbprint }) => {
    const refuse = (reason: string, cause?: unknown): never => {
      throw new InvalidTokenError(`The DPoP proof is not valid: ${reason}.`, { cause });
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
    if (withoutQuery(payload.htu) !== url) return refuse('it is made for another URL');
    const ath = createHash('sha256').update(accessToken).digest('base64url');
    if (payload.ath !== ath) return refuse('it is made for another access token');
    const id = `${thumbprint}.${payload.jti}`;
    if (!(await usedProofs.record(id))) return refuse('it has been used before');
    return undefined;
  };
}

function withoutQuery(htu: unknown): string | undefined {
  const url = URL.parse(String(htu));
  return url ? `${url.origin}${url.pathname}` : undefined;
}
