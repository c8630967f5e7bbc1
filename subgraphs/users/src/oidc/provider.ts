import { hkdfSync } from 'node:crypto';

import { graphResourceOf, issuerOf, type Logger } from '@affluent/service';
import type { MikroORM } from '@mikro-orm/postgresql';
import Provider, { errors, type KoaContextWithOIDC } from 'oidc-provider';

import { messagePage, PAGE_HEADERS } from '../sign-in/pages.ts';
import { signedOutPage, signOutPage } from '../sign-in/sign-out-page.ts';
import { wordsFor } from '../sign-in/words.ts';
import { User } from '../users/user.ts';
import { createAdapterFactory } from './adapter.ts';
import { firstPartyClients, GRAPH_SCOPES, WEB_CLIENT } from './clients.ts';
import { loadSigningKeys } from './signing-key.ts';

interface ProviderOptions {
  readonly orm: MikroORM;
  readonly publicUrl: string;
  readonly encryptionKey: Uint8Array;
  readonly gatewayClientSecret: string;
  readonly log: Logger;
}

const MINUTE = 60;
const DAY = 24 * 3600;

/** The OpenID Connect provider: authorization code with PKCE (S256), JWT access tokens for the graph, ES256. */
export async function createProvider(options: ProviderOptions): Promise<Provider> {
  const { orm, publicUrl, encryptionKey, gatewayClientSecret, log } = options;
  const resource = graphResourceOf(publicUrl);
  const scope = GRAPH_SCOPES.join(' ');

  const provider = new Provider(issuerOf(publicUrl), {
    adapter: createAdapterFactory(orm),
    clients: firstPartyClients({ publicUrl, gatewayClientSecret }),
    clientDefaults: { id_token_signed_response_alg: 'ES256' },
    jwks: { keys: await loadSigningKeys(orm, encryptionKey) },
    enabledJWA: { idTokenSigningAlgValues: ['ES256'] },
    cookies: {
      keys: [
        Buffer.from(hkdfSync('sha256', encryptionKey, '', 'oidc-provider cookies', 32)).toString(
          'base64url',
        ),
      ],
      long: { signed: true, httpOnly: true, sameSite: 'lax' },
      short: { signed: true, httpOnly: true, sameSite: 'lax' },
    },
    responseTypes: ['code'],
    scopes: ['openid', 'offline_access', ...GRAPH_SCOPES],
    claims: { openid: ['sub'], profile: ['name', 'email'] },
    pkce: { required: () => true },
    ttl: {
      AccessToken: 5 * MINUTE,
      AuthorizationCode: MINUTE,
      Grant: 14 * DAY,
      IdToken: 5 * MINUTE,
      Interaction: 60 * MINUTE,
      RefreshToken: 14 * DAY,
      Session: 14 * DAY,
    },
    features: {
      devInteractions: { enabled: false },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => resource,
        useGrantedResource: () => true,
        getResourceServerInfo: (_ctx, wanted) => {
          if (wanted !== resource) throw new errors.InvalidTarget();
          return {
            audience: resource,
            scope,
            accessTokenFormat: 'jwt',
            accessTokenTTL: 5 * MINUTE,
            jwt: { sign: { alg: 'ES256' } },
          };
        },
      },
      revocation: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: signOutPage,
        postLogoutSuccessSource: signedOutPage,
      },
    },
    extraParams: ['screen'],
    interactions: { url: (_ctx, { uid }) => `/oidc/interaction/${uid}` },
    issueRefreshToken: (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    // The gateway's is bound to its secret and used by several requests at once (ARCHITECTURE.md, invariant 3).
    rotateRefreshToken: ({ oidc }) => oidc.client?.tokenEndpointAuthMethod === 'none',
    findAccount: async (_ctx, id) => {
      const user = await orm.em.fork().findOne(User, id);
      return user
        ? { accountId: id, claims: () => ({ sub: id, name: user.displayName, email: user.email }) }
        : undefined;
    },
    loadExistingGrant: (ctx) => loadGrant(ctx, resource, scope),
    renderError: (ctx, { error, error_description: description }) => {
      const words = wordsFor(ctx.get('accept-language'));
      ctx.set({ ...PAGE_HEADERS });
      ctx.body = messagePage(words, words.requestRefused, `${description ?? error}`);
    },
  });
  // Only the gateway reaches this service; it says which address a request came from.
  provider.proxy = true;
  provider.on('server_error', (_ctx, error) =>
    log.error({ err: error }, 'identity provider failed'),
  );
  return provider;
}

/** The web client gets what it asks for; any other needs a grant that the person gave. */
async function loadGrant({ oidc }: KoaContextWithOIDC, resource: string, scope: string) {
  const { client, session, provider, result } = oidc;
  const accountId = session?.accountId;
  if (!client || !session || !accountId) return undefined;
  const grantId = result?.consent?.grantId ?? session.grantIdFor(client.clientId);
  const present = grantId ? await provider.Grant.find(grantId) : undefined;
  if (client.clientId !== WEB_CLIENT) return present;
  // Also to a grant of before: a scope that is new since then belongs to it.
  const grant = present ?? new provider.Grant({ clientId: client.clientId, accountId });
  grant.addOIDCScope(`openid offline_access ${scope}`);
  grant.addResourceScope(resource, scope);
  await grant.save();
  return grant;
}
