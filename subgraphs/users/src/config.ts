import {
  clientSecret,
  databaseUrl,
  httpUrl,
  key256,
  logLevel,
  metricsToken,
  port,
  readSettings,
} from '@affluent/service';
import { z } from 'zod';

import { identityProviders } from './identity-providers/provider-settings.ts';

export type Config = ReturnType<typeof readConfig>;

/** Everything this service reads from its environment, read once, at start. docs/settings.md lists it. */
export const readConfig = (env: NodeJS.ProcessEnv = process.env) =>
  readSettings(
    {
      HOST: z.string().default('127.0.0.1'),
      PORT: port(4001),
      PUBLIC_URL: httpUrl(),
      DATABASE_URL: databaseUrl(),
      ENCRYPTION_KEY: key256(),
      GATEWAY_CLIENT_SECRET: clientSecret(),
      DATASETS_CLIENT_SECRET: clientSecret(),
      INSIGHTS_CLIENT_SECRET: clientSecret(),
      SIGNING_KEY_DAYS: z.coerce.number().positive().default(30),
      SESSION_IDLE_HOURS: z.coerce.number().positive().default(24),
      SESSION_MAX_DAYS: z.coerce.number().positive().max(14).default(14),
      SMTP_URL: z
        .url({ protocol: /^smtps?$/, error: 'must be an smtp:// or smtps:// URL' })
        .optional(),
      MAIL_FROM: z.email().default('affluent@localhost.localdomain'),
      IDENTITY_PROVIDERS: identityProviders(),
      METRICS_TOKEN: metricsToken(),
      LOG_LEVEL: logLevel(),
    },
    env,
  );
