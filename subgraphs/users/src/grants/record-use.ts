import type { MikroORM } from '@mikro-orm/postgresql';
import { LRUCache } from 'lru-cache';
import type { default as Provider } from 'oidc-provider';

import { WEB_CLIENT } from '../oauth-clients/first-party.ts';
import { OAuthClient } from '../oauth-clients/oauth-client.ts';
import { OidcPayload } from '../oidc-store/oidc-payload.ts';

/** How often the use of a client that acts by itself is recorded: it may get tokens many times a second. */
const RECORD_MILLISECONDS = 60_000;
const MAX_ENTRIES = 10_000;

/** Records when each grant, and each client that acts by itself, last got a token. */
export function recordGrantUse(provider: Provider, orm: MikroORM): void {
  const recorded = new LRUCache<string, true>({ max: MAX_ENTRIES, ttl: RECORD_MILLISECONDS });
  provider.use(async (ctx, next) => {
    await next();
    const { entities, route } = ctx.oidc ?? {};
    const { Grant: grant, Client: client, ClientCredentials: credentials } = entities ?? {};
    if (route !== 'token' || ctx.status !== 200 || !client) return;
    const { clientId } = client;
    if (credentials && !recorded.has(clientId)) {
      recorded.set(clientId, true);
      const now = { credentialsUsedAt: new Date() };
      await orm.em.fork().nativeUpdate(OAuthClient, { clientId }, now);
    }
    if (!grant || clientId === WEB_CLIENT) return;
    await orm.em
      .fork()
      .nativeUpdate(OidcPayload, { model: 'Grant', id: grant.jti }, { usedAt: new Date() });
  });
}
