import { graphResourceOf, issuerOf } from '@affluent/service';
import { createLocalJWKSet, errors, type JWK, type JWTPayload, jwtVerify } from 'jose';

/** Claims of an access token that this provider issued and that has not expired; undefined for any other text. */
export type ReadAccessToken = (token: string) => Promise<JWTPayload | undefined>;

interface ReaderOptions {
  readonly publicUrl: string;
  readonly signingKeys: readonly JWK[];
}

export function createAccessTokenReader({
  publicUrl,
  signingKeys,
}: ReaderOptions): ReadAccessToken {
  const keys = createLocalJWKSet({ keys: signingKeys.map(publicPart) });
  const rules = {
    issuer: issuerOf(publicUrl),
    audience: graphResourceOf(publicUrl),
    algorithms: ['ES256'],
    typ: 'at+jwt',
  };
  return async (token) => {
    try {
      return (await jwtVerify(token, keys, rules)).payload;
    } catch (error) {
      if (error instanceof errors.JOSEError) return undefined;
      throw error;
    }
  };
}

const publicPart = ({ d: _private, ...jwk }: JWK): JWK => jwk;
