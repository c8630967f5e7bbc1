import { createPublicKey, type JsonWebKey } from 'node:crypto';

import { DomainError } from '@affluent/subgraph';
import type { JWKS } from 'oidc-provider';
import { z } from 'zod';

const MIN_RSA_BITS = 2048;

/** What there is to a public key; whatever else stands beside it is left out. */
const publicKey = z.object({
  kty: z.enum(['EC', 'OKP', 'RSA']),
  kid: z.string().min(1).max(200).optional(),
  use: z.literal('sig').optional(),
  alg: z.string().min(1).max(20).optional(),
  crv: z.string().optional(),
  x: z.string().optional(),
  y: z.string().optional(),
  n: z.string().max(2000).optional(),
  e: z.string().optional(),
});

const keySet = z.object({ keys: z.array(publicKey.loose()).min(1).max(10) });

/** A client's public keys, checked one by one. @throws {DomainError} BAD_USER_INPUT with what is wrong. */
export function checkKeys(jwks: unknown): JWKS {
  const parsed = keySet.safeParse(jwks);
  if (!parsed.success) {
    throw refusal('has to be a JSON Web Key Set of 1 to 10 keys of the types EC, OKP or RSA.');
  }
  const keys = parsed.data.keys.map((key) => {
    if ('d' in key || 'k' in key) throw refusal('has to hold public keys only.');
    const only = publicKey.parse(key);
    checkKey(only);
    return only;
  });
  return { keys };
}

function checkKey(key: z.output<typeof publicKey>): void {
  const bits = modulusBits(key);
  if (bits !== undefined && bits < MIN_RSA_BITS) {
    throw refusal(`has an RSA key of fewer than ${MIN_RSA_BITS} bits.`);
  }
}

function modulusBits(key: z.output<typeof publicKey>): number | undefined {
  try {
    const { asymmetricKeyDetails } = createPublicKey({ key: key as JsonWebKey, format: 'jwk' });
    return asymmetricKeyDetails?.modulusLength;
  } catch (cause) {
    throw refusal(`has a key of type ${key.kty} that is not valid.`, cause);
  }
}

const refusal = (what: string, cause?: unknown): DomainError =>
  new DomainError('BAD_USER_INPUT', `The key set ${what}`, { reason: 'KEY_SET', cause });
