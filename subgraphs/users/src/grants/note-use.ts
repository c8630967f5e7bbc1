import type { MikroORM } from '@mikro-orm/postgresql';
import type { default as Provider } from 'oidc-provider';

import { WEB_CLIENT } from '../oidc/clients.ts';
import { OidcPayload } from '../oidc/oidc-payload.ts';

/** Notes on each grant when a client last got a token by it. */
export function noteGrantUse(provider: Provider, orm: MikroORM): void {
  provider.use(async (ctx, next) => {
    await next();
    const { entities, route } = ctx.oidc ?? {};
    const { Grant: grant, Client: client } = entities ?? {};
    if (route !== 'token' || ctx.status !== 200 || !grant || client?.clientId === WEB_CLIENT)
      return;
    await orm.em
      .fork()
      .nativeUpdate(OidcPayload, { model: 'Grant', id: grant.jti }, { usedAt: new Date() });
  });
}
