import { asService, DomainError } from '@affluent/subgraph';
import type { EntityManager } from '@mikro-orm/postgresql';

import { recordAuditEvent } from '../audit/record-audit-event.ts';
import type { Context } from '../context.ts';
import { withoutScopes } from '../oidc-store/grant-scopes.ts';
import { OidcPayload } from '../oidc-store/oidc-payload.ts';
import { digestOf, newSecret } from '../secrets/secret.ts';
import { forgetClient } from './client-adapter.ts';
import { checkWithProvider } from './client-metadata.ts';
import { checkSettings } from './client-settings.ts';
import { copyLogo } from './logos/copy-logo.ts';
import type { UpdateOAuthClientInput } from './oauth-client.inputs.ts';
import type { OAuthClient } from './oauth-client.ts';

/** Changes what the input has. @throws {DomainError} BAD_USER_INPUT. */
export async function changeClient(
  { em, provider, fetchLogo }: Pick<Context, 'em' | 'provider' | 'fetchLogo'>,
  client: OAuthClient,
  input: UpdateOAuthClientInput,
): Promise<OAuthClient> {
  const settings = checkSettings({
    name: input.name ?? client.name,
    type: client.type,
    redirectUris: input.redirectUris ?? client.redirectUris,
    postLogoutRedirectUris: input.postLogoutRedirectUris ?? client.postLogoutRedirectUris,
    logoUri: input.logoUri === undefined ? client.logoUri : input.logoUri,
    scopes: input.scopes ?? client.scopes,
    clientCredentials: input.clientCredentials ?? client.clientCredentials,
  });
  const { clientId, secretDigest, jwks, owner } = client;
  // Before assigning: a later mutation of the same request would flush the changes.
  await checkWithProvider(provider, { ...settings, clientId, secretDigest, jwks, owner });
  const isLogoKept = settings.logoUri === client.logoUri && client.logoDigest !== null;
  const copy = isLogoKept ? {} : await copyLogo(fetchLogo, settings.logoUri);
  await em.transactional(async (transaction) => {
    const lost = client.scopes.filter((scope) => !settings.scopes.includes(scope));
    transaction.assign(client, { ...settings, ...copy });
    await takeFromGrants(transaction, clientId, lost);
    await record(transaction, 'OAUTH_CLIENT_CHANGED', client);
  });
  forgetClient(clientId);
  return client;
}

/** Removes scopes from what people have allowed the client, so that they are asked again if it regains them. */
async function takeFromGrants(
  em: EntityManager,
  clientId: string,
  lost: readonly string[],
): Promise<void> {
  if (lost.length === 0) return;
  // The caller cannot see other people's grants.
  await asService(em, async () => {
    const grants = await em.find(OidcPayload, { model: 'Grant', payload: { clientId } });
    for (const grant of grants) grant.payload = withoutScopes(grant.payload, new Set(lost));
    await em.flush();
  });
}

/** Stops a client from acting by itself. It stays registered for its other uses. */
export async function endClientCredentials(
  { em }: Pick<Context, 'em'>,
  client: OAuthClient,
): Promise<void> {
  await em.transactional(async (transaction) => {
    transaction.assign(client, { clientCredentials: false });
    await record(transaction, 'OAUTH_CLIENT_CHANGED', client);
  });
  forgetClient(client.clientId);
}

/** Replaces the secret. @throws {DomainError} CONFLICT for a client without one. */
export async function rotateSecret(
  { em }: Pick<Context, 'em'>,
  client: OAuthClient,
): Promise<string> {
  if (!client.secretDigest) {
    throw new DomainError('CONFLICT', 'This client has no secret: it is public, or uses keys.', {
      reason: 'CLIENT_WITHOUT_SECRET',
    });
  }
  const secret = newSecret();
  await em.transactional(async (transaction) => {
    transaction.assign(client, { secretDigest: digestOf(secret) });
    await record(transaction, 'OAUTH_CLIENT_CHANGED', client);
  });
  forgetClient(client.clientId);
  return secret;
}

/** Deletes a client with all its grants, tokens and codes. */
export async function deleteClient(
  { em }: Pick<Context, 'em'>,
  client: OAuthClient,
): Promise<void> {
  await em.transactional(async (transaction) => {
    transaction.remove(client);
    // The caller cannot see other people's grants.
    await asService(transaction, () =>
      transaction.execute(`DELETE FROM oidc_payloads WHERE payload->>'clientId' = ?`, [
        client.clientId,
      ]),
    );
    await record(transaction, 'OAUTH_CLIENT_DELETED', client);
  });
  forgetClient(client.clientId);
}

const record = (
  em: EntityManager,
  kind: 'OAUTH_CLIENT_CHANGED' | 'OAUTH_CLIENT_DELETED',
  { name, owner }: OAuthClient,
): Promise<void> => recordAuditEvent(em, { kind, actorId: owner.id, subject: name });
