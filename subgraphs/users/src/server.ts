import type { Logger } from '@affluent/service';
import { startSubgraph } from '@affluent/subgraph';

import type { Config } from './config.ts';
import { extendContext } from './context.ts';
import { connect } from './database.ts';
import { deleteExpired } from './oidc/adapter.ts';
import { createProvider } from './oidc/provider.ts';
import { buildUsersSchema } from './schema.ts';
import { interactionRoutes } from './sign-in/interaction-routes.ts';
import { deleteOldFailures } from './sign-in/sign-in-failure.ts';

const CLEANING_MILLISECONDS = 10 * 60_000;

/** Starts the users subgraph with the identity provider; disposing of it stops both in order. */
export async function startServer(config: Config, log: Logger) {
  const publicUrl = config.PUBLIC_URL;
  const orm = await connect(config.DATABASE_URL);
  const provider = await createProvider({
    orm,
    publicUrl,
    encryptionKey: config.ENCRYPTION_KEY,
    gatewayClientSecret: config.GATEWAY_CLIENT_SECRET,
    log,
  });
  const { schema } = await buildUsersSchema();
  const cleaning = setInterval(() => {
    Promise.all([deleteExpired(orm), deleteOldFailures(orm.em.fork())]).catch((error: unknown) => {
      log.error({ err: error }, 'cleaning failed');
    });
  }, CLEANING_MILLISECONDS);
  return startSubgraph({
    log,
    host: config.HOST,
    port: config.PORT,
    publicUrl,
    orm,
    schema,
    extend: extendContext,
    routes: (app) => {
      app.use('/oidc/interaction', interactionRoutes({ provider, orm, log }));
      app.use('/oidc', provider.callback());
    },
    onStop: async () => clearInterval(cleaning),
  });
}
