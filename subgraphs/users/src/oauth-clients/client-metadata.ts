import { timingSafeEqual } from 'node:crypto';

import { DomainError } from '@affluent/subgraph';
import { type ClientMetadata, errors, type JWKS, type default as Provider } from 'oidc-provider';

import { digestOf } from '../secrets/secret.ts';
import type { ClientSettings } from './client-settings.ts';
import { DEVICE_CODE } from './grant-types.ts';
import { logoPathOf } from './logos/logo-path.ts';
import { OAuthClientType } from './oauth-client.ts';

/** Metadata of our own on each registered client, and on no other: the id of the person who registered it. */
export const OWNER_ID = 'owner_id';

/** Metadata of our own on registered clients that have a logo: the path of our copy. */
export const LOGO = 'logo_path';

/** A registered client, or one that is about to be. */
export interface ClientDetails extends ClientSettings {
  readonly clientId: string;
  readonly secretDigest?: string | null | undefined;
  readonly jwks?: JWKS | null | undefined;
  readonly logoDigest?: string | null | undefined;
  readonly owner: { readonly id: string };
}

/** A registered client as oidc-provider knows it. */
export function metadataOf(client: ClientDetails): ClientMetadata {
  const { clientId, name, type, redirectUris, postLogoutRedirectUris, jwks } = client;
  const logo = logoPathOf(client.logoDigest);
  const isPublic = type === OAuthClientType.PUBLIC;
  const isSentBack = redirectUris.length > 0;
  const addresses = [...redirectUris, ...postLogoutRedirectUris];
  return {
    client_id: clientId,
    client_name: name,
    ...(logo && { [LOGO]: logo }),
    application_type: addresses.every((uri) => uri.startsWith('https:')) ? 'web' : 'native',
    redirect_uris: redirectUris,
    post_logout_redirect_uris: postLogoutRedirectUris,
    response_types: isSentBack ? ['code'] : [],
    grant_types: [
      ...(isSentBack ? ['authorization_code', 'refresh_token'] : []),
      ...(isPublic ? [DEVICE_CODE] : []),
      ...(client.clientCredentials ? ['client_credentials'] : []),
    ],
    scope: ['openid', 'offline_access', ...client.scopes].join(' '),
    ...authenticationOf(client),
    ...(jwks && { jwks }),
    [OWNER_ID]: client.owner.id,
  };
}

function authenticationOf({ type, jwks, secretDigest }: ClientDetails): Partial<ClientMetadata> {
  if (type === OAuthClientType.PUBLIC) return { token_endpoint_auth_method: 'none' };
  if (jwks) return { token_endpoint_auth_method: 'private_key_jwt' };
  // With this one, oidc-provider takes the secret in the body (client_secret_post) too.
  return {
    token_endpoint_auth_method: 'client_secret_basic',
    client_secret: secretDigest ?? undefined,
  };
}

/** The person who registered a client; undefined for the clients of the product itself. */
export function ownerOf(client: Readonly<Record<string, unknown>> | undefined): string | undefined {
  const owner = client?.[OWNER_ID];
  return typeof owner === 'string' ? owner : undefined;
}

/** The path of our copy of a client's logo, if it has one. */
export function logoOf(client: Readonly<Record<string, unknown>> | undefined): string | undefined {
  const logo = client?.[LOGO];
  return typeof logo === 'string' ? logo : undefined;
}

/**
 * Has secrets compared by their digests, in the same time whatever is presented: of a registered client, the metadata
 * holds the digest instead of the secret.
 */
export function compareSecretsByDigest(provider: Provider): void {
  provider.Client.prototype.compareClientSecret = function compareClientSecret(presented) {
    const kept = this.clientSecret;
    if (!kept) return false;
    const digest = Buffer.from(ownerOf(this) ? kept : digestOf(kept));
    return timingSafeEqual(digest, Buffer.from(digestOf(presented)));
  };
}

/** The provider's own rules, behind ours. @throws {DomainError} BAD_USER_INPUT for what it would not work with. */
export async function checkWithProvider(provider: Provider, client: ClientDetails): Promise<void> {
  try {
    await provider.Client.validate(metadataOf(client));
  } catch (cause) {
    if (!(cause instanceof errors.InvalidClientMetadata)) throw cause;
    const reason = cause.error_description ?? 'it is not valid';
    throw new DomainError('BAD_USER_INPUT', `The client was refused: ${reason}.`, {
      reason: 'CLIENT_REFUSED',
      cause,
    });
  }
}
