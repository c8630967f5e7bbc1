import type { MikroORM } from '@mikro-orm/postgresql';
import { errors, type default as Provider } from 'oidc-provider';

import { digestOf } from '../secrets/secret.ts';
import { AccessToken } from './access-token.ts';

/** RFC 8693. In the metadata of the gateway's client only: the token endpoint refuses it to any other. */
export const TOKEN_EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';

const ACCESS_TOKEN_TYPE = 'urn:ietf:params:oauth:token-type:access_token';
const MAX_SECONDS = 60;
const NOTED_AGAIN_MILLISECONDS = 60_000;

interface TokenExchangeOptions {
  readonly orm: MikroORM;
  /** What the access tokens are for: the graph. */
  readonly resource: string;
}

/** The end of the personal access token is the end of what came of it; only the types want a grant. */
const NO_GRANT = undefined as unknown as string;

interface ExchangeParameters {
  readonly subject_token?: string;
  readonly subject_token_type?: string;
  readonly resource?: string;
}

/**
 * Lets the gateway exchange a personal access token for an access token of the same scopes that lives for a minute at
 * most. `invalid_grant` for one that is unknown, expired or revoked.
 */
export function registerTokenExchange(provider: Provider, options: TokenExchangeOptions): void {
  const { orm, resource } = options;
  provider.registerGrantType<ExchangeParameters>(
    TOKEN_EXCHANGE,
    async (ctx) => {
      const { client, params } = ctx.oidc;
      if (!params.subject_token) throw new errors.InvalidRequest('subject_token is missing');
      if (params.subject_token_type !== ACCESS_TOKEN_TYPE) {
        throw new errors.InvalidRequest(`subject_token_type has to be ${ACCESS_TOKEN_TYPE}`);
      }
      if (params.resource && params.resource !== resource) throw new errors.InvalidTarget();
      const { id, user, scopes, expiresAt } = await findLiving(orm, params.subject_token);
      const secondsLeft = Math.floor((expiresAt.getTime() - Date.now()) / 1000);
      const scope = scopes.join(' ');
      const token = new provider.AccessToken({
        client,
        accountId: user.id,
        scope,
        gty: 'token_exchange',
        grantId: NO_GRANT,
        extra: { pat: id },
        expiresIn: Math.max(1, Math.min(MAX_SECONDS, secondsLeft)),
        resourceServer: new provider.ResourceServer(resource, {
          audience: resource,
          scope,
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: 'ES256' } },
        }),
      });
      ctx.body = {
        access_token: await token.save(),
        issued_token_type: ACCESS_TOKEN_TYPE,
        token_type: 'Bearer',
        expires_in: token.expiration,
        scope,
      };
    },
    ['subject_token', 'subject_token_type', 'resource'],
  );
}

/** A personal access token that lives, with its use noted once a minute. @throws InvalidGrant for any other. */
async function findLiving(orm: MikroORM, text: string): Promise<AccessToken> {
  const em = orm.em.fork();
  const now = new Date();
  const token = await em.findOne(AccessToken, {
    digest: digestOf(text),
    revokedAt: null,
    expiresAt: { $gt: now },
  });
  if (!token) throw new errors.InvalidGrant('subject_token is not valid, or has expired');
  const { id, lastUsedAt } = token;
  if (!lastUsedAt || now.getTime() - lastUsedAt.getTime() >= NOTED_AGAIN_MILLISECONDS) {
    await em.nativeUpdate(AccessToken, { id, lastUsedAt }, { lastUsedAt: now });
  }
  return token;
}
