import { ACCOUNT_SCOPE, type Scope, SCOPES } from '@affluent/service';
import type { MikroORM } from '@mikro-orm/postgresql';
import type { Request, Response } from 'express';
import { type Client, errors, type default as Provider } from 'oidc-provider';

import { recordAuditEvent } from '../audit/record-audit-event.ts';
import { logoOf, ownerOf } from '../oauth-clients/client-metadata.ts';
import { consentPage } from '../pages/consent-page.ts';
import { pageHeaders } from '../pages/page-headers.ts';
import type { Words } from '../pages/words/en.ts';

const ALL_SCOPES: readonly Scope[] = [...SCOPES, ACCOUNT_SCOPE];

type Interaction = Awaited<ReturnType<Provider['interactionDetails']>>;

interface ConsentScreen {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Asks the person of an interaction whether its client may act on their behalf. */
export async function showConsent(
  provider: Provider,
  interaction: Interaction,
  { words, action }: { readonly words: Words; readonly action: string },
): Promise<ConsentScreen> {
  const { params } = interaction;
  const client = await findClient(provider, interaction);
  const { redirect_uri: address } = params;
  const redirectUri = typeof address === 'string' ? address : undefined;
  const { remainingTTL } = await grantOf(provider, interaction);
  return {
    headers: pageHeaders({ redirectUri }),
    body: consentPage(words, {
      action,
      client: {
        name: client.clientName ?? client.clientId,
        logo: logoOf(client),
        isRegistered: ownerOf(client) !== undefined,
      },
      redirectUri,
      scopes: scopesAsked(client, String(params.scope)),
      until: new Date(Date.now() + remainingTTL * 1000),
    }),
  };
}

interface Answer {
  readonly req: Request;
  readonly res: Response;
  readonly isAllowed: boolean;
  /** Network address of the person. */
  readonly address: string;
}

/** Turns the person's answer into a grant, or into `access_denied` for the client. */
export async function answerConsent(
  { provider, orm }: { readonly provider: Provider; readonly orm: MikroORM },
  { req, res, isAllowed, address }: Answer,
): Promise<void> {
  if (!isAllowed) {
    const refusal = { error: 'access_denied', error_description: 'The person refused.' };
    return provider.interactionFinished(req, res, refusal, { mergeWithLastSubmission: true });
  }
  const interaction = await provider.interactionDetails(req, res);
  const { missingOIDCScope, missingResourceScopes } = interaction.prompt.details as {
    readonly missingOIDCScope?: readonly string[];
    readonly missingResourceScopes?: Readonly<Record<string, readonly string[]>>;
  };
  const client = await findClient(provider, interaction);
  const grant = await grantOf(provider, interaction);
  if (missingOIDCScope) grant.addOIDCScope(registered(client, missingOIDCScope).join(' '));
  for (const [resource, scopes] of Object.entries(missingResourceScopes ?? {})) {
    grant.addResourceScope(resource, registered(client, scopes).join(' '));
  }
  const grantId = await grant.save();
  const scopes = scopesAsked(client, String(interaction.params.scope));
  await recordAuditEvent(orm.em.fork(), {
    kind: 'GRANT_GIVEN',
    actorId: interaction.session?.accountId,
    address,
    subject: `${client.clientName ?? client.clientId}: ${scopes.join(', ') || 'openid'}`,
  });
  const result = { consent: { grantId } };
  return provider.interactionFinished(req, res, result, { mergeWithLastSubmission: true });
}

/** @throws {errors.SessionNotFound} when its owner has deleted it since the sign-in began. */
async function findClient(provider: Provider, { params }: Interaction): Promise<Client> {
  const client = await provider.Client.find(String(params.client_id));
  if (!client) throw new errors.SessionNotFound('the client is gone');
  return client;
}

/** The grant that the person gave before in this session, or a new one. */
async function grantOf(provider: Provider, { grantId, session, params }: Interaction) {
  const present = grantId ? await provider.Grant.find(grantId) : undefined;
  return (
    present ??
    new provider.Grant({
      accountId: String(session?.accountId),
      clientId: String(params.client_id),
    })
  );
}

/** Without scopes that the client is not registered with; our own clients may request any. */
function registered(client: Client, scopes: readonly string[]): readonly string[] {
  const own = client.scope?.split(' ');
  return scopes.filter((scope) => own?.includes(scope) ?? true);
}

/** The scopes of the graph that a client requests. `scope`: separated by spaces. */
function scopesAsked(client: Client, scope: string): readonly Scope[] {
  const asked = new Set(registered(client, scope.split(' ')));
  return ALL_SCOPES.filter((name) => asked.has(name));
}
