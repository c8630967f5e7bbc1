import { graphResourceOf } from '@affluent/service';
import { isUuid } from '@affluent/subgraph';

import { recordAuditEvent } from '../audit/record-audit-event.ts';
import type { Context } from '../context.ts';
import { endClientCredentials } from '../oauth-clients/change-client.ts';
import { logoOf } from '../oauth-clients/client-metadata.ts';
import { WEB_CLIENT } from '../oauth-clients/first-party.ts';
import { logoPathOf } from '../oauth-clients/logos/logo-path.ts';
import { OAuthClient } from '../oauth-clients/oauth-client.ts';
import { endGrants } from '../oidc-store/end-grants.ts';
import { OidcPayload } from '../oidc-store/oidc-payload.ts';
import type { Grant } from './grant.ts';

type GrantContext = Pick<Context, 'em' | 'provider' | 'publicUrl'>;

/** The part of oidc-provider's record of a grant that is used here. */
interface GrantPayload {
  readonly clientId: string;
  /** Seconds since 1970. */
  readonly iat: number;
  readonly resources?: Readonly<Record<string, string>>;
}

const ofPerson = (accountId: string) => ({
  model: 'Grant',
  payload: { accountId },
  expiresAt: { $gt: new Date() },
});

/**
 * A person's valid grants, newest first. Those of the web client are omitted. A client of their own that acts by itself counts
 * as a grant; its id is the id of the client.
 */
export async function listGrants(context: GrantContext, userId: string): Promise<Grant[]> {
  const rows = await context.em.find(OidcPayload, ofPerson(userId));
  const shown = rows.filter(({ payload }) => payload.clientId !== WEB_CLIENT);
  const own = await context.em.find(OAuthClient, { owner: userId, clientCredentials: true });
  const grants = [
    ...(await Promise.all(shown.map((row) => present(context, row)))),
    ...own.map(presentOwn),
  ];
  return grants.toSorted((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
}

/** Ends a grant with all its codes and tokens. False when the person gave no such grant. */
export async function revokeGrant(
  { em, provider }: GrantContext,
  userId: string,
  id: string,
): Promise<boolean> {
  // Other text cannot be an id, and PostgreSQL refuses some of it.
  if (!/^[\w-]{1,100}$/.test(id)) return false;
  if (isUuid(id)) return revokeOwn(em, userId, id);
  return em.transactional(async (transaction) => {
    const row = await transaction.findOne(OidcPayload, { ...ofPerson(userId), id });
    if (!row || row.payload.clientId === WEB_CLIENT) return false;
    await endGrants(transaction, [id]);
    const clientId = String(row.payload.clientId);
    const client = await provider.Client.find(clientId);
    const subject = client?.clientName ?? clientId;
    await recordAuditEvent(transaction, { kind: 'GRANT_REVOKED', actorId: userId, subject });
    return true;
  });
}

async function present(
  { provider, publicUrl }: GrantContext,
  { id, payload, expiresAt, usedAt }: OidcPayload,
): Promise<Grant> {
  const { clientId, iat, resources } = payload as unknown as GrantPayload;
  const client = await provider.Client.find(clientId);
  const granted = resources?.[graphResourceOf(publicUrl)]?.split(' ') ?? [];
  // The owner may have removed scopes from the client since.
  const registered = client?.scope?.split(' ');
  return {
    id,
    clientId,
    clientName: client?.clientName ?? clientId,
    logoUri: logoOf(client) ?? null,
    scopes: granted.filter((scope) => registered?.includes(scope) ?? true),
    createdAt: new Date(iat * 1000),
    lastUsedAt: usedAt ?? null,
    expiresAt: expiresAt ?? null,
    clientCredentials: false,
  };
}

const presentOwn = (client: OAuthClient): Grant => ({
  id: client.id,
  clientId: client.clientId,
  clientName: client.name,
  logoUri: logoPathOf(client.logoDigest),
  scopes: client.scopes,
  createdAt: client.createdAt,
  lastUsedAt: client.credentialsUsedAt ?? null,
  expiresAt: null,
  clientCredentials: true,
});

async function revokeOwn(em: Context['em'], userId: string, id: string): Promise<boolean> {
  const client = await em.findOne(OAuthClient, { id, owner: userId, clientCredentials: true });
  if (client) await endClientCredentials({ em }, client);
  return client !== null;
}
