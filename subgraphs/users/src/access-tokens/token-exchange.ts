import type { MikroORM } from '@mikro-orm/postgresql';
import { type Client, errors, type default as Provider, type UnknownObject } from 'oidc-provider';

import { TOKEN_EXCHANGE } from '../oauth-clients/grant-types.ts';
import type { ReadAccessToken } from '../oidc/read-access-token.ts';
import { digestOf } from '../secrets/secret.ts';
import { AccessToken } from './access-token.ts';

const ACCESS_TOKEN_TYPE = 'urn:ietf:params:oauth:token-type:access_token';
const MAX_SECONDS = 60;
const RECORD_MILLISECONDS = 60_000;

interface TokenExchangeOptions {
  readonly orm: MikroORM;
  /** Audience of the access tokens: the graph. */
  readonly resource: string;
  readonly readAccessToken: ReadAccessToken;
}

/** The claims name what the token depends on; only the types require a grant. */
const NO_GRANT = undefined as unknown as string;

interface ExchangeParameters {
  readonly subject_token?: string;
  readonly subject_token_type?: string;
  readonly resource?: string;
}

/** Contents of the issued token. */
interface Issued {
  readonly client: Client;
  readonly accountId: string;
  readonly scope: string;
  /** Our own claims: what the token depends on. */
  readonly extra: UnknownObject;
  /** In seconds. */
  readonly expiresIn: number;
}

/**
 * Lets the gateway exchange what a client presented for a bearer token of the same scopes, which subgraphs accept:
 *
 * - a personal access token, for a token of a minute at most;
 * - an access token that is bound to a key, once the gateway has checked the client's proof (RFC 9449), for one that ends
 *   with it and stands on the same grant.
 *
 * `invalid_grant` for any other, and for one that is expired or revoked.
 */
export function registerTokenExchange(provider: Provider, options: TokenExchangeOptions): void {
  const { orm, resource, readAccessToken } = options;

  const fromPersonalToken = async (text: string, client: Client): Promise<Issued> => {
    const { id, user, scopes, expiresAt } = await findLiving(orm, text);
    const secondsLeft = Math.floor((expiresAt.getTime() - Date.now()) / 1000);
    return {
      client,
      accountId: user.id,
      scope: scopes.join(' '),
      extra: { pat: id },
      expiresIn: Math.max(1, Math.min(MAX_SECONDS, secondsLeft)),
    };
  };
  const fromBoundToken = async (text: string): Promise<Issued> => {
    const { cnf, client_id, sub, scope, exp, gid, owner } = (await readAccessToken(text)) ?? {};
    const client = cnf ? await provider.Client.find(String(client_id)) : undefined;
    const secondsLeft = Math.floor(Number(exp) - Date.now() / 1000);
    if (!client || !sub || secondsLeft < 1) throw notValid();
    const extra = { ...(gid ? { gid } : {}), ...(owner ? { owner } : {}) };
    return {
      client,
      accountId: sub,
      scope: typeof scope === 'string' ? scope : '',
      extra,
      expiresIn: secondsLeft,
    };
  };

  provider.registerGrantType<ExchangeParameters>(
    TOKEN_EXCHANGE,
    async (ctx) => {
      const { client, params } = ctx.oidc;
      const { subject_token: text } = params;
      if (!text) throw new errors.InvalidRequest('subject_token is missing');
      if (params.subject_token_type !== ACCESS_TOKEN_TYPE) {
        throw new errors.InvalidRequest(`subject_token_type has to be ${ACCESS_TOKEN_TYPE}`);
      }
      if (params.resource && params.resource !== resource) throw new errors.InvalidTarget();
      const issued = text.includes('.')
        ? await fromBoundToken(text)
        : await fromPersonalToken(text, client);
      const { scope } = issued;
      const token = new provider.AccessToken({
        ...issued,
        gty: 'token_exchange',
        grantId: NO_GRANT,
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

const notValid = (): Error => new errors.InvalidGrant('subject_token is not valid, or has expired');

/** A valid personal access token; records its use once a minute. @throws InvalidGrant for any other text. */
async function findLiving(orm: MikroORM, text: string): Promise<AccessToken> {
  const em = orm.em.fork();
  const now = new Date();
  const token = await em.findOne(AccessToken, {
    digest: digestOf(text),
    revokedAt: null,
    expiresAt: { $gt: now },
  });
  if (!token) throw notValid();
  const { id, lastUsedAt } = token;
  if (!lastUsedAt || now.getTime() - lastUsedAt.getTime() >= RECORD_MILLISECONDS) {
    await em.nativeUpdate(AccessToken, { id, lastUsedAt }, { lastUsedAt: now });
  }
  return token;
}
