import { createRemoteJWKSet, errors, jwtVerify } from 'jose';

/** Who calls, as an access token proved it. */
export interface Identity {
  readonly userId: string;
  readonly scopes: ReadonlySet<string>;
  /** When the token ends, in seconds since 1970. */
  readonly expiresAt: number;
  /** The token itself, to call another service in the caller's name. */
  readonly token: string;
}

/** The token is missing, malformed, expired, for somebody else or not signed by us. */
export class InvalidTokenError extends Error {
  override readonly name = 'InvalidTokenError';
}

export interface IdentityOptions {
  /** The origin that people open, for example `https://affluent.example`. */
  readonly publicUrl: string;
  /** Where the users subgraph listens; its JWKS is read from there. */
  readonly usersUrl: string;
}

export type VerifyToken = (authorization: string | undefined) => Promise<Identity | undefined>;

/** The OpenID Connect issuer of the product. */
export const issuerOf = (publicUrl: string): string => `${publicUrl}/oidc`;
/** The resource indicator (RFC 8707) that access tokens for the graph are made for. */
export const graphResourceOf = (publicUrl: string): string => `${publicUrl}/graphql`;

/**
 * Checks bearer tokens: JWT access tokens (RFC 9068) of our issuer, for the graph, signed with ES256.
 *
 * The function it returns answers undefined when there is no `Authorization` header at all.
 * @throws {InvalidTokenError} from the returned function, when there is one that does not hold.
 */
export function createTokenVerifier({ publicUrl, usersUrl }: IdentityOptions): VerifyToken {
  const keys = createRemoteJWKSet(new URL(`${usersUrl}/oidc/jwks`), { cooldownDuration: 1_000 });
  return async (authorization) => {
    if (authorization === undefined) return undefined;
    const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization)?.[1];
    if (!token) throw new InvalidTokenError('The Authorization header must be "Bearer" and a JWT.');
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer: issuerOf(publicUrl),
        audience: graphResourceOf(publicUrl),
        algorithms: ['ES256'],
        typ: 'at+jwt',
        requiredClaims: ['sub', 'exp'],
      });
      const scope = typeof payload.scope === 'string' ? payload.scope : '';
      return {
        userId: String(payload.sub),
        scopes: new Set(scope.split(' ').filter(Boolean)),
        expiresAt: Number(payload.exp),
        token,
      };
    } catch (cause) {
      // The keys could not be read: that is our failure, not the caller's, and it still denies.
      if (!(cause instanceof errors.JOSEError) || cause instanceof errors.JWKSTimeout) throw cause;
      throw new InvalidTokenError('The access token is not valid, or it has expired.', { cause });
    }
  };
}
