import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify } from 'jose';
import { LRUCache } from 'lru-cache';

import { UnavailableError } from './unavailable.ts';

/** A person, proved by an access token. */
export interface Identity {
  readonly userId: string;
  /** The OAuth client that acts on the person's behalf. */
  readonly clientId: string;
  readonly scopes: ReadonlySet<string>;
  /** When the token ends, in seconds since 1970. */
  readonly expiresAt: number;
  /** The token itself, to call other services on the person's behalf. */
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

/** One of our own services, proved by an access token. It acts for no person: it has no user and no memberships. */
export interface ServiceIdentity extends Pick<Identity, 'scopes' | 'expiresAt' | 'token'> {
  /** For example `datasets`. */
  readonly service: string;
}

/** The token is missing, malformed, expired, made for another audience or not signed by us. */
export class InvalidTokenError extends Error {
  override readonly name = 'InvalidTokenError';
}

export interface IdentityOptions {
  /** The origin that people open, for example `https://affluent.example`. */
  readonly publicUrl: string;
  /** Where the users subgraph listens; its JWKS is read from there. */
  readonly usersUrl: string;
  /** Accepts tokens that are bound to a key (RFC 9449), whose proof is then the caller's to check. Default: false. */
  readonly acceptsKeyBound?: boolean;
  /** Accepts tokens of our own services. Default: false. */
  readonly acceptsServices?: boolean;
}

/** Verifies an `Authorization` header. Resolves with undefined if there is none. */
export type VerifyToken<Caller = Identity> = (
  authorization: string | undefined,
) => Promise<Caller | undefined>;

/** The OpenID Connect issuer of the product. */
export const issuerOf = (publicUrl: string): string => `${publicUrl}/oidc`;
/** The resource indicator (RFC 8707) that access tokens for the graph are made for. */
export const graphResourceOf = (publicUrl: string): string => `${publicUrl}/graphql`;

const MAX_ENTRIES = 10_000;

/**
 * Checks bearer tokens: JWT access tokens (RFC 9068) of our issuer, for the graph, signed with ES256.
 *
 * Identities are cached until their token expires: checking a signature costs a hundred times as much as finding it.
 * The users subgraph, not this function, checks whether a token was revoked.
 *
 * @throws {InvalidTokenError} from the returned function, for an invalid token.
 * @throws {UnavailableError} from the returned function, when the keys could not be read.
 */
export function createTokenVerifier(
  options: IdentityOptions & { readonly acceptsServices: true },
): VerifyToken<Identity | ServiceIdentity>;
export function createTokenVerifier(options: IdentityOptions): VerifyToken;
export function createTokenVerifier({
  publicUrl,
  usersUrl,
  acceptsKeyBound = false,
  acceptsServices = false,
}: IdentityOptions): VerifyToken<Identity | ServiceIdentity> {
  const keys = createRemoteJWKSet(new URL(`${usersUrl}/oidc/jwks`), { cooldownDuration: 1_000 });
  const verified = new LRUCache<string, Identity | ServiceIdentity>({ max: MAX_ENTRIES });
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
      if (isService(identity) && !acceptsServices) {
        throw new InvalidTokenError('Service tokens are only accepted between services.');
      }
      verified.set(token, identity);
      return identity;
    } catch (cause) {
      if (cause instanceof InvalidTokenError) throw cause;
      // Our failure, not the caller's. Access is denied all the same.
      if (isAboutKeys(cause))
        throw new UnavailableError('Access tokens cannot be checked.', { cause });
      throw new InvalidTokenError('The access token is not valid, or it has expired.', { cause });
    }
  };
}

/** Whether the keys could not be read: jose then throws its general error, or what `fetch` threw. */
const isAboutKeys = (error: unknown): boolean =>
  !(error instanceof errors.JOSEError || error instanceof InvalidTokenError) ||
  error instanceof errors.JWKSTimeout ||
  error.constructor === errors.JOSEError;

const text = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : undefined;

export const isService = (caller: Identity | ServiceIdentity): caller is ServiceIdentity =>
  'service' in caller;

/** The users subgraph sets our own claims `gid`, `pat`, `owner` and `service` (its `oidc/token-claims.ts`). */
function identityFrom(payload: JWTPayload, token: string): Identity | ServiceIdentity {
  const owner = text(payload.owner);
  const service = text(payload.service);
  const scopes = new Set((text(payload.scope) ?? '').split(' ').filter(Boolean));
  const expiresAt = Number(payload.exp);
  if (service !== undefined) return { service, scopes, expiresAt, token };
  const clientId = String(payload.client_id);
  if (payload.sub === clientId && !owner) {
    throw new InvalidTokenError('The access token has no owner.');
  }
  const confirmation = payload.cnf as { readonly jkt?: unknown } | undefined;
  return {
    userId: owner ?? String(payload.sub),
    clientId,
    scopes,
    expiresAt,
    token,
    grantId: text(payload.gid),
    accessTokenId: text(payload.pat),
    isClientAlone: owner !== undefined,
    keyThumbprint: text(confirmation?.jkt),
  };
}
