import { asService, DomainError } from '@affluent/subgraph';
import type { EntityManager } from '@mikro-orm/postgresql';

import { recordAuditEvent } from '../audit/record-audit-event.ts';
import type { Context } from '../context.ts';
import { digestOf, newSecret } from '../secrets/secret.ts';
import { forgetClient } from './client-adapter.ts';
import { checkWithProvider } from './client-metadata.ts';
import { checkSettings } from './client-settings.ts';
import type { UpdateOAuthClientInput } from './oauth-client.inputs.ts';
import type { OAuthClient } from './oauth-client.ts';

/** Changes what the input has. @throws {DomainError} BAD_USER_INPUT. */
export async function changeClient(
  { em, provider }: Pick<Context, 'em' | 'provider'>,
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
  });
  const { clientId, secretDigest, jwks, owner } = client;
  // Before anything is assigned: a later mutation of the same request would write it.
  await checkWithProvider(provider, { ...settings, clientId, secretDigest, jwks, owner });
  await em.transactional(async (transaction) => {
    transaction.assign(client, settings);
    await record(transaction, 'OAUTH_CLIENT_CHANGED', client);
  });
  forgetClient(clientId);
  return client;
}

/** A new secret in the place of the old one. @throws {DomainError} CONFLICT for a client without one. */
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

/** Deletes a client with all grants, tokens and codes that it got of anybody. */
export async function deleteClient(
  { em }: Pick<Context, 'em'>,
  client: OAuthClient,
): Promise<void> {
  await em.transactional(async (transaction) => {
    transaction.remove(client);
    // What other people allowed it is not the caller's to see.
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
