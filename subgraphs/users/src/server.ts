import { graphResourceOf, type Logger } from '@affluent/service';
import { createNotificationHub, startSubgraph } from '@affluent/subgraph';
import { type RequestHandler, Router } from 'express';

import { registerTokenExchange } from './access-tokens/token-exchange.ts';
import { deleteOldRequests } from './accounts/delete-old-requests.ts';
import { deleteOldFailures } from './attempts/sign-in-failure.ts';
import { deniedRoutes } from './audit-log/denied-routes.ts';
import { createBackground } from './background.ts';
import type { Config } from './config.ts';
import { createContext } from './context.ts';
import { connect } from './database.ts';
import { recordGrantUse } from './grants/record-use.ts';
import { createOutsideFlows } from './identity-providers/outside-flow.ts';
import { createOutsideProviders } from './identity-providers/outside-providers.ts';
import { createKnownDevices } from './interactions/known-devices.ts';
import { createMailer } from './mail/mailer.ts';
import { compareSecretsByDigest } from './oauth-clients/client-metadata.ts';
import { logoRoutes } from './oauth-clients/logo-routes.ts';
import { createLogoFetcher, rulesFor } from './oauth-clients/logos/fetch-logo.ts';
import { LOGO_PATH } from './oauth-clients/logos/logo-path.ts';
import { isTokenAlive } from './oidc-store/token-liveness.ts';
import { deleteExpired } from './oidc/adapter.ts';
import { createProvider } from './oidc/provider.ts';
import { createAccessTokenReader } from './oidc/read-access-token.ts';
import { startRotatingProvider } from './oidc/rotating-provider.ts';
import { answerForAccessTokens } from './oidc/structured-tokens.ts';
import { deleteOldChallenges } from './passkeys/passkey-challenge.ts';
import { buildUsersSchema } from './schema.ts';
import { deleteEndedSessions } from './sessions/person-sessions.ts';
import { recordSessions } from './sessions/record-sessions.ts';
import { signInPages } from './sign-in/sign-in-pages.ts';
import { ACCESS_CHANGED } from './workspaces/membership-changes.resolver.ts';

const CLEANING_MILLISECONDS = 10 * 60_000;
const HOUR = 3600;

/** Starts the users subgraph with the identity provider; disposing of it stops both in order. */
export async function startServer(config: Config, log: Logger) {
  const publicUrl = config.PUBLIC_URL;
  const orm = await connect(config.DATABASE_URL);
  const encryptionKey = config.ENCRYPTION_KEY;
  const sessionLimits = {
    idle: config.SESSION_IDLE_HOURS * HOUR,
    absolute: config.SESSION_MAX_DAYS * 24 * HOUR,
  };
  const mailer = createMailer({ smtpUrl: config.SMTP_URL, from: config.MAIL_FROM, log });
  const background = createBackground(log);
  const outsideProviders = createOutsideProviders(config.IDENTITY_PROVIDERS);
  const outsideFlows = createOutsideFlows({ publicUrl, encryptionKey });
  const devices = createKnownDevices({ publicUrl, encryptionKey });
  const services = { orm, log, mailer, background, devices, outsideProviders, publicUrl };
  const identityProvider = await startRotatingProvider({
    orm,
    encryptionKey,
    days: config.SIGNING_KEY_DAYS,
    log,
    build: (signingKeys) => {
      const provider = createProvider({
        orm,
        publicUrl,
        encryptionKey,
        signingKeys,
        sessionLimits,
        clientSecrets: {
          gateway: config.GATEWAY_CLIENT_SECRET,
          datasets: config.DATASETS_CLIENT_SECRET,
          insights: config.INSIGHTS_CLIENT_SECRET,
        },
        log,
      });
      const readAccessToken = createAccessTokenReader({ publicUrl, signingKeys });
      answerForAccessTokens(provider, { orm, readAccessToken });
      compareSecretsByDigest(provider);
      recordGrantUse(provider, orm);
      recordSessions(provider, { orm, sessionLimits });
      registerTokenExchange(provider, {
        orm,
        resource: graphResourceOf(publicUrl),
        readAccessToken,
      });
      const pages = signInPages({ ...services, provider }, outsideFlows);
      return { provider, routes: Router().use(pages).use(provider.callback()) };
    },
  });
  const notifications = await createNotificationHub({
    databaseUrl: config.DATABASE_URL,
    channels: [ACCESS_CHANGED],
    log,
  });
  const { schema } = await buildUsersSchema();
  const cleaning = setInterval(() => {
    const em = orm.em.fork();
    Promise.all([
      deleteExpired(orm),
      deleteOldFailures(em),
      deleteEndedSessions(em.fork()),
      deleteOldChallenges(em.fork()),
      deleteOldRequests(em.fork()),
    ]).catch((error: unknown) => {
      log.error({ err: error }, 'cleaning failed');
    });
  }, CLEANING_MILLISECONDS);
  return startSubgraph({
    log,
    host: config.HOST,
    port: config.PORT,
    publicUrl,
    metricsToken: config.METRICS_TOKEN,
    usersUrl: `http://${config.HOST}:${config.PORT}`,
    orm,
    schema,
    isAlive: isTokenAlive,
    readRowAccess: async ({ userId }) => ({ 'affluent.user_id': userId }),
    extend: createContext({
      publicUrl,
      mailer,
      notifications,
      outsideProviders,
      fetchLogo: createLogoFetcher(rulesFor(publicUrl)),
      get provider() {
        return identityProvider.provider;
      },
    }),
    routes: (app, identify) => {
      app.use('/audit', deniedRoutes({ orm, identify }));
      app.use(LOGO_PATH, logoRoutes(orm));
      app.use('/oidc', publicOrigin(publicUrl), identityProvider.routes);
    },
    onStop: async () => {
      clearInterval(cleaning);
      await background.settle();
      await notifications[Symbol.asyncDispose]();
      identityProvider[Symbol.dispose]();
    },
  });
}

/** Has the provider name PUBLIC_URL in its answers, whatever a request says of its own host. */
function publicOrigin(publicUrl: string): RequestHandler {
  const { protocol, host } = new URL(publicUrl);
  return (req, _res, next) => {
    req.headers['x-forwarded-proto'] = protocol.replace(':', '');
    req.headers['x-forwarded-host'] = host;
    next();
  };
}
