import {
  createTokenVerifier,
  type Identity,
  InvalidTokenError,
  isService,
  type ServiceIdentity,
  type VerifyToken,
} from '@affluent/service';
import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { GraphQLError } from 'graphql';

/** Who sent a request. Both are undefined for a caller who is not signed in. */
export interface Caller {
  readonly identity: Identity | undefined;
  readonly service: ServiceIdentity | undefined;
}

/** Reads an `Authorization` header. @throws {GraphQLError} UNAUTHENTICATED for a token that is invalid or was revoked. */
export type IdentifyCaller = (authorization: string | undefined) => Promise<Caller>;

interface IdentifyOptions {
  readonly publicUrl: string;
  readonly usersUrl: string;
  readonly orm: MikroORM;
  readonly isAlive: (em: EntityManager, identity: Identity) => Promise<boolean>;
}

export function createIdentify({
  publicUrl,
  usersUrl,
  orm,
  isAlive,
}: IdentifyOptions): IdentifyCaller {
  const verifyToken = createTokenVerifier({ publicUrl, usersUrl, acceptsServices: true });
  return async (authorization) => {
    const caller = await verifyToken(authorization).catch((error: unknown) => {
      throw error instanceof InvalidTokenError ? unauthenticated(error.message) : error;
    });
    if (caller && isService(caller)) return { identity: undefined, service: caller };
    if (caller && !(await isAlive(orm.em.fork(), caller)))
      throw unauthenticated('The access token has been revoked.');
    return { identity: caller, service: undefined };
  };
}

/** Identifies people only: a service counts as not signed in. */
export const identifyPeople =
  (identify: IdentifyCaller): VerifyToken =>
  async (authorization) =>
    (await identify(authorization)).identity;

export const unauthenticated = (message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code: 'UNAUTHENTICATED', http: { status: 401 } } });
