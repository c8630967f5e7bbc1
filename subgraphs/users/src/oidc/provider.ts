import { hkdfSync } from 'node:crypto';

import { ACCOUNT_SCOPE, graphResourceOf, issuerOf, type Logger, SCOPES } from '@affluent/service';
import type { MikroORM } from '@mikro-orm/postgresql';
import type { JWK } from 'jose';
import Provider, { errors, type KoaContextWithOIDC } from 'oidc-provider';

import { LOGO, OWNER_ID } from '../oauth-clients/client-metadata.ts';
import { CLI_CLIENT, WEB_CLIENT } from '../oauth-clients/first-party.ts';
import { messagePage } from '../pages/layout.ts';
import { wordsFor } from '../pages/words/words-for.ts';
import { type SessionLimits, secondsLeft } from '../sessions/session-limits.ts';
import { MAX_TOKEN_SECONDS, webTokenSeconds } from '../sessions/web-token-seconds.ts';
import { User } from '../users/user.ts';
import { createAdapterFactory } from './adapter.ts';
import { answerUnavailable } from './answer-unavailable.ts';
import { type ClientSecrets, graphScopesFor, ownClients } from './clients.ts';
import { showDeviceConfirm, showDeviceInput, showDeviceSuccess } from './device-screens.ts';
import { limitResponseModes } from './response-mode.ts';
import { showPage } from './show-page.ts';
import { showSignedOut, showSignOut } from './sign-out-screens.ts';
import { tokenClaims } from './token-claims.ts';
import { leaveUnstoredSessions } from './unstored-sessions.ts';
import { fillInUserCodes } from './user-code.ts';

interface ProviderOptions {
  readonly orm: MikroORM;
  readonly publicUrl: string;
  readonly encryptionKey: Uint8Array;
  /** The private keys of its tokens; the first one signs. */
  readonly signingKeys: readonly JWK[];
  /** Idle and absolute limits of the browser's session. */
  readonly sessionLimits: SessionLimits;
  readonly clientSecrets: ClientSecrets;
  readonly log: Logger;
}

const MINUTE = 60;
const DAY = 24 * 3600;

/** The OpenID Connect provider: authorization code with PKCE (S256), JWT access tokens for the graph, ES256. */
export function createProvider(options: ProviderOptions): Provider {
  const { orm, publicUrl, encryptionKey, sessionLimits, log } = options;
  const resource = graphResourceOf(publicUrl);

  const provider = new Provider(issuerOf(publicUrl), {
    adapter: createAdapterFactory(orm),
    clients: ownClients({ publicUrl, secrets: options.clientSecrets }),
    extraClientMetadata: { properties: [OWNER_ID, LOGO] },
    clientDefaults: { id_token_signed_response_alg: 'ES256' },
    jwks: { keys: [...options.signingKeys] },
    clientAuthMethods: ['none', 'client_secret_basic', 'client_secret_post', 'private_key_jwt'],
    enabledJWA: {
      idTokenSigningAlgValues: ['ES256'],
      clientAuthSigningAlgValues: ['ES256', 'EdDSA', 'PS256', 'RS256'],
    },
    cookies: {
      names: cookieNames(publicUrl),
      keys: [
        Buffer.from(hkdfSync('sha256', encryptionKey, '', 'oidc-provider cookies', 32)).toString(
          'base64url',
        ),
      ],
      long: { signed: true, httpOnly: true, sameSite: 'lax' },
      short: { signed: true, httpOnly: true, sameSite: 'lax' },
    },
    responseTypes: ['code'],
    allowOmittingSingleRegisteredRedirectUri: false,
    // Without the service scope: discovery lists these.
    scopes: ['openid', 'offline_access', ...SCOPES, ACCOUNT_SCOPE],
    claims: { openid: ['sub', 'amr', 'auth_time'], profile: ['name', 'email'] },
    pkce: { required: () => true },
    ttl: {
      AccessToken: (_ctx, token) => token.resourceServer?.accessTokenTTL ?? MAX_TOKEN_SECONDS,
      AuthorizationCode: MINUTE,
      ClientCredentials: 5 * MINUTE,
      DeviceCode: 10 * MINUTE,
      Grant: 14 * DAY,
      IdToken: 5 * MINUTE,
      Interaction: 60 * MINUTE,
      // However often it is rotated.
      RefreshToken: (ctx) => ctx.oidc.entities.RotatedRefreshToken?.remainingTTL ?? 14 * DAY,
      Session: (_ctx, session) => secondsLeft(session.loginTs, sessionLimits),
    },
    features: {
      devInteractions: { enabled: false },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => resource,
        useGrantedResource: () => true,
        getResourceServerInfo: async ({ oidc }, wanted, client) => {
          if (wanted !== resource) throw new errors.InvalidTarget();
          const isWebClient = client.clientId === WEB_CLIENT;
          return {
            audience: resource,
            scope: graphScopesFor(client).join(' '),
            accessTokenFormat: 'jwt',
            accessTokenTTL: isWebClient
              ? await webTokenSeconds(orm.em.fork(), oidc, sessionLimits)
              : MAX_TOKEN_SECONDS,
            jwt: { sign: { alg: 'ES256' } },
          };
        },
      },
      clientCredentials: { enabled: true },
      deviceFlow: {
        enabled: true,
        userCodeInputSource: showDeviceInput,
        userCodeConfirmSource: showDeviceConfirm,
        successSource: showDeviceSuccess,
      },
      dPoP: { enabled: true },
      introspection: {
        enabled: true,
        // Only the client that a token was issued to may introspect it.
        allowedPolicy: (_ctx, client, token) =>
          token.clientId === client.clientId && client.clientAuthMethod !== 'none',
      },
      pushedAuthorizationRequests: { enabled: true },
      revocation: { enabled: true },
      // Access tokens are for the graph, where `viewer` answers the same.
      userinfo: { enabled: false },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: showSignOut,
        postLogoutSuccessSource: showSignedOut,
      },
    },
    extraParams: ['screen'],
    interactions: { url: (_ctx, { uid }) => `/oidc/interaction/${uid}` },
    extraTokenClaims: tokenClaims,
    expiresWithSession: ({ oidc }, source) => {
      const clientId = oidc.client?.clientId;
      if (clientId === WEB_CLIENT) return true;
      return clientId !== CLI_CLIENT && !source.scopes.has('offline_access');
    },
    issueRefreshToken: (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    // Of the adapter's `revokeByGrantId` too, which leaves the tokens to this.
    revokeGrantPolicy: () => true,
    // The gateway's is bound to its secret and used by several requests at once (ARCHITECTURE.md, invariant 3).
    rotateRefreshToken: ({ oidc }) => oidc.client?.tokenEndpointAuthMethod === 'none',
    findAccount: async (_ctx, id) => {
      const user = await orm.em.fork().findOne(User, id);
      return user
        ? { accountId: id, claims: () => ({ sub: id, name: user.displayName, email: user.email }) }
        : undefined;
    },
    loadExistingGrant: (ctx) => loadGrant(ctx, resource),
    renderError: (ctx, { error, error_description: description }) => {
      const words = wordsFor(ctx);
      showPage(ctx, messagePage(words, words.requestRefused, `${description ?? error}`));
    },
  });
  // Only the gateway can reach this service, so its X-Forwarded-For is trusted.
  provider.proxy = true;
  provider.on('server_error', (_ctx, error) =>
    log.error({ err: error }, 'identity provider failed'),
  );
  answerUnavailable(provider);
  limitResponseModes(provider);
  leaveUnstoredSessions(provider);
  fillInUserCodes(provider);
  return provider;
}

/**
 * Over HTTPS browsers keep these cookies from other hosts of our domain (RFC 6265bis, 4.1.3). Those of a sign-in under way belong
 * to one path, which `__Host-` does not allow.
 */
const cookieNames = (publicUrl: string) =>
  publicUrl.startsWith('https:')
    ? {
        session: '__Host-_session',
        interaction: '__Secure-_interaction',
        resume: '__Secure-_interaction_resume',
      }
    : {};

/** The web client gets its grant without consent; other clients need one that the person gave. */
async function loadGrant({ oidc }: KoaContextWithOIDC, resource: string) {
  const { client, session, provider, result } = oidc;
  const accountId = session?.accountId;
  if (!client || !session || !accountId) return undefined;
  const grantId = result?.consent?.grantId ?? session.grantIdFor(client.clientId);
  const present = grantId ? await provider.Grant.find(grantId) : undefined;
  if (client.clientId !== WEB_CLIENT) return present;
  const scope = graphScopesFor(client).join(' ');
  // Stored only when scopes have changed: storing a grant that is being ended at the same time would restore it.
  if (present?.getResourceScope(resource) === scope) return present;
  const grant = present ?? new provider.Grant({ clientId: client.clientId, accountId });
  grant.addOIDCScope(`openid offline_access ${scope}`);
  grant.addResourceScope(resource, scope);
  await grant.save();
  return grant;
}
