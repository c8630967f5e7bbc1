import type { MikroORM } from '@mikro-orm/postgresql';
import type { JWTPayload } from 'jose';
import type { KoaContextWithOIDC, default as Provider } from 'oidc-provider';

import { endGrants } from '../oidc-store/end-grants.ts';
import { isTokenAlive } from '../oidc-store/token-liveness.ts';
import type { ReadAccessToken } from './read-access-token.ts';

interface StructuredTokenOptions {
  readonly orm: MikroORM;
  readonly readAccessToken: ReadAccessToken;
}

/**
 * Introspection and revocation of our own access tokens. oidc-provider authenticates the client and then refuses every
 * JWT (`unsupported_token_type`); we know what to say of those that it made.
 */
export function answerForAccessTokens(provider: Provider, options: StructuredTokenOptions): void {
  const { orm, readAccessToken } = options;
  provider.use(async (ctx, next) => {
    await next();
    const { oidc } = ctx as KoaContextWithOIDC;
    const answer = { introspection: introspect, revocation: revoke }[oidc?.route ?? ''];
    const body: unknown = ctx.body;
    if (!answer || !isRefusal(body)) return;
    const claims = await readAccessToken(String(oidc.params?.token));
    const isOwn = claims?.client_id === oidc.client?.clientId;
    await answer(ctx as KoaContextWithOIDC, orm, claims && isOwn ? claims : undefined);
  });
}

const isRefusal = (body: unknown): boolean =>
  typeof body === 'object' &&
  body !== null &&
  'error' in body &&
  body.error === 'unsupported_token_type';

/** RFC 7662. A public client proves nothing about itself, so it learns nothing. */
async function introspect(
  ctx: KoaContextWithOIDC,
  orm: MikroORM,
  claims: JWTPayload | undefined,
): Promise<void> {
  ctx.status = 200;
  ctx.body = { active: false };
  if (!claims || ctx.oidc.client?.clientAuthMethod === 'none') return;
  const owner = text(claims.owner);
  const isAlive = await isTokenAlive(orm.em.fork(), {
    userId: owner ?? String(claims.sub),
    clientId: String(claims.client_id),
    grantId: text(claims.gid),
    accessTokenId: text(claims.pat),
    isClientAlone: owner !== undefined,
  });
  if (isAlive) {
    ctx.body = { active: true, token_type: claims.cnf ? 'DPoP' : 'Bearer', ...claims };
  }
}

/**
 * RFC 7009. An access token ends with its grant; one that a client got for itself has none, and stays refused: it ends by
 * itself within minutes. What is no token of this client's has nothing to end.
 */
async function revoke(
  ctx: KoaContextWithOIDC,
  orm: MikroORM,
  claims: JWTPayload | undefined,
): Promise<void> {
  const grantId = text(claims?.gid);
  if (claims && !grantId) return;
  if (grantId) await endGrants(orm.em.fork(), [grantId]);
  ctx.remove('content-type');
  ctx.status = 200;
  ctx.body = '';
}

const text = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : undefined;
