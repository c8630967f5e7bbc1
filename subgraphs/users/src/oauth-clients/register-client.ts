import { DomainError } from '@affluent/subgraph';

import { recordAuditEvent } from '../audit/record-audit-event.ts';
import type { Context } from '../context.ts';
import { digestOf, newSecret } from '../secrets/secret.ts';
import { lockUser } from '../users/lock-user.ts';
import { checkKeys } from './client-keys.ts';
import { checkWithProvider } from './client-metadata.ts';
import { checkSettings } from './client-settings.ts';
import { copyLogo } from './logos/copy-logo.ts';
import type { RegisterOAuthClientInput } from './oauth-client.inputs.ts';
import { OAuthClient, OAuthClientType } from './oauth-client.ts';

const MAX_CLIENTS = 50;

interface Registration {
  readonly client: OAuthClient;
  /** Kept as a digest only. */
  readonly clientSecret: string | null;
}

/** Registers a client for a person. @throws {DomainError} BAD_USER_INPUT, or CONFLICT when they have too many. */
export async function registerClient(
  { em, provider, fetchLogo }: Pick<Context, 'em' | 'provider' | 'fetchLogo'>,
  ownerId: string,
  input: RegisterOAuthClientInput,
): Promise<Registration> {
  const settings = checkSettings({
    name: input.name,
    type: input.type,
    redirectUris: input.redirectUris,
    postLogoutRedirectUris: input.postLogoutRedirectUris,
    logoUri: input.logoUri ?? null,
    scopes: input.scopes,
    clientCredentials: input.clientCredentials,
  });
  const isPublic = settings.type === OAuthClientType.PUBLIC;
  if (input.jwks && isPublic) {
    throw new DomainError('BAD_USER_INPUT', 'A public client cannot have keys.', {
      reason: 'PUBLIC_CLIENT_KEYS',
    });
  }
  const jwks = input.jwks ? checkKeys(input.jwks) : null;
  const clientSecret = isPublic || jwks ? null : newSecret();

  const secretDigest = clientSecret && digestOf(clientSecret);
  const details = { ...settings, clientId: crypto.randomUUID(), secretDigest, jwks };
  await checkWithProvider(provider, { ...details, owner: { id: ownerId } });
  const copy = await copyLogo(fetchLogo, settings.logoUri);

  const client = await em.transactional(async (transaction) => {
    const owner = await lockUser(transaction, ownerId);
    if ((await transaction.count(OAuthClient, { owner })) >= MAX_CLIENTS) {
      throw new DomainError('CONFLICT', `You have ${MAX_CLIENTS} clients; delete one first.`, {
        reason: 'TOO_MANY_CLIENTS',
      });
    }
    const registered = transaction.create(OAuthClient, {
      ...details,
      ...copy,
      id: crypto.randomUUID(),
      owner,
      createdAt: new Date(),
    });
    await recordAuditEvent(transaction, {
      kind: 'OAUTH_CLIENT_REGISTERED',
      actorId: ownerId,
      subject: registered.name,
    });
    return registered;
  });
  return { client, clientSecret };
}
