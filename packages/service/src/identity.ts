import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify } from 'jose';
import { LRUCache } from 'lru-cache';

import { UnavailableError } from './unavailable.ts';

/** The caller, as proved by an access token. */
export interface Identity {
  /** The person on whose behalf the client calls. */
  readonly userId: string;
  /** The OAuth client that calls. */
  readonly clientId: string;
  readonly scopes: ReadonlySet<string>;
  /** When the token ends, in seconds since 1970. */
  readonly expiresAt: number;
  /** The token, to call another service on the caller's behalf. */
  readonly token: string;
  /** The grant that the person gave to the client; its end is the token's end. Absent in the two cases below. */
  readonly grantId: string | undefined;
  /** The personal access token that this token was exchanged for. */
  readonly accessTokenId: string | undefined;
  /** Whether a client acts by itself (client credentials), in the name of the person who registered it. */
  readonly isClientAlone: boolean;
  /** Thumbprint of the key that the token is bound to (RFC 9449). Only the gateway, which checks the proof, accepts one. */
  readonly keyThumbprint: string | undefined;
}

/** The token is missing, malformed, expired, issued for another audience or not signed by us. */
export class InvalidTokenError extends Error {
  override readonly name = 'InvalidTokenError';
}

export interface IdentityOptions {
  /** The origin that people open, for example `https://affluent.example`. */
  readonly publicUrl: string;
  /** Where the users subgraph listens; its JWKS is read from there. */
  readonly usersUrl: string;
  /** Accepts tokens that are bound to a key (RFC 9449); the proof is then for the caller of this function to check. */
  readonly acceptsKeyBound?: boolean;
}

export type VerifyToken = (authorization: string | undefined) => Promise<Identity | undefined>;

/** The OpenID Connect issuer of the product. */
export const issuerOf = (publicUrl: string): string => `${publicUrl}/oidc`;
/** The resource indicator (RFC 8707) that access tokens for the graph are made for. */
export const graphResourceOf = (publicUrl: string): string => `${publicUrl}/graphql`;

const MAX_ENTRIES = 10_000;

/**
 * Checks bearer tokens: JWT access tokens (RFC 9068) of our issuer, for the graph, signed with ES256.
 *
 * What a token proved is kept in memory until it ends: checking a signature costs a hundred times as much as finding it.
 * Whether the token was revoked since is not decided here, but by the users subgraph.
 *
 * The function it returns answers undefined when there is no `Authorization` header at all.
 * @throws {InvalidTokenError} from the returned function, when there is one that does not hold.
 * @throws {UnavailableError} from the returned function, when the keys could not be read.
 */
export function createTokenVerifier({
  publicUrl,
  usersUrl,
  acceptsKeyBound = false,
}: IdentityOptions): VerifyToken {
  const keys = createRemoteJWKSet(new URL(`${usersUrl}/oidc/jwks`), { cooldownDuration: 1_000 });
  const verified = new LRUCache<string, Identity>({ max: MAX_ENTRIES });
  return async (authorization) => {
    if (authorization === undefined) return undefined;
    const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization)?.[1];
    if (!token) throw new InvalidTokenError('The Authorization header must be "Bearer" and a JWT.');
    const known = verified.get(token);
    if (known && known.expiresAt * 1000 > Date.now()) return known;
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer: issuerOf(publicUrl),
        audience: graphResourceOf(publicUrl),
        algorithms: ['ES256'],
        typ: 'at+jwt',
        requiredClaims: ['sub', 'exp', 'client_id'],
      });
      if (payload.cnf && !acceptsKeyBound) {
        throw new InvalidTokenError('The access token is bound to a key: send it to the gateway.');
      }
      const identity = identityFrom(payload, token);
      verified.set(token, identity);
      return identity;
    } catch (cause) {
      if (cause instanceof InvalidTokenError) throw cause;
      // Our failure, not the caller's, and it still denies.
      if (isAboutKeys(cause))
        throw new UnavailableError('Access tokens cannot be checked.', { cause });
      throw new InvalidTokenError('The access token is not valid, or it has expired.', { cause });
    }
  };
}

/** Whether the keys could not be read: jose says so with its general error, and leaves what `fetch` throws as it is. */
const isAboutKeys = (error: unknown): boolean =>
  !(error instanceof errors.JOSEError || error instanceof InvalidTokenError) ||
  error instanceof errors.JWKSTimeout ||
  error.constructor === errors.JOSEError;

const text = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : undefined;

/** `gid`, `pat` and `owner` are claims of our own; the users subgraph sets them (its `oidc/token-claims.ts`). */
function identityFrom(payload: JWTPayload, token: string): Identity {
  const owner = text(payload.owner);
  const clientId = String(payload.client_id);
  if (payload.sub === clientId && !owner) {
    throw new InvalidTokenError('The access token has no owner.');
  }
  const confirmation = payload.cnf as { readonly jkt?: unknown } | undefined;
  return {
    userId: owner ?? String(payload.sub),
    clientId,
    scopes: new Set((text(payload.scope) ?? '').split(' ').filter(Boolean)),
    expiresAt: Number(payload.exp),
    token,
    grantId: text(payload.gid),
    accessTokenId: text(payload.pat),
    isClientAlone: owner !== undefined,
    keyThumbprint: text(confirmation?.jkt),
  };
}
