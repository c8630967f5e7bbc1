import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { loadEnvFile } from 'node:process';
import { fileURLToPath } from 'node:url';

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

/** The checkout. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

export type Config = ReturnType<typeof readConfig>;

/** Everything that can be set for the whole product on one machine (docs/settings.md), from `.env` too. */
export function readConfig() {
  if (existsSync(`${ROOT}.env`)) loadEnvFile(`${ROOT}.env`);
  const settings = readSettings({
    HOST: z.string().default('127.0.0.1'),
    PORT: port(4000),
    PUBLIC_URL: httpUrl().optional(),
    DATA_DIR: z
      .string()
      .default('.data')
      .transform((path) => resolve(ROOT, path)),
    USERS_PORT: port(4001),
    DATASETS_PORT: port(4002),
    INSIGHTS_PORT: port(4003),
    POSTGRES_PORT: port(4004),
    SUPERGRAPH_PATH: z
      .string()
      .transform((path) => resolve(ROOT, path))
      .optional(),
    SUBGRAPH_URLS: z.string().optional(),
    QUERY_EXECUTOR: z.string().optional(),
    ALLOWED_DOCUMENTS: z.string().optional(),
    TRUSTED_PROXIES: z.string().optional(),
    WEB_PORT: port(4005),
    DATABASE_URL: databaseUrl().optional(),
    USERS_DATABASE_URL: databaseUrl().optional(),
    DATASETS_DATABASE_URL: databaseUrl().optional(),
    INSIGHTS_DATABASE_URL: databaseUrl().optional(),
    // Checked here, handed on as they are to the services that use them.
    SESSION_KEY: key256().optional(),
    ENCRYPTION_KEY: key256().optional(),
    GATEWAY_CLIENT_SECRET: clientSecret().optional(),
    DATASETS_CLIENT_SECRET: clientSecret().optional(),
    INSIGHTS_CLIENT_SECRET: clientSecret().optional(),
    SMTP_URL: z.string().optional(),
    IDENTITY_PROVIDERS: z.string().optional(),
    SIGNING_KEY_DAYS: z.string().optional(),
    SESSION_IDLE_HOURS: z.string().optional(),
    SESSION_MAX_DAYS: z.string().optional(),
    MAIL_FROM: z.string().optional(),
    MAX_UPLOAD_BYTES: z.coerce.number().int().positive().optional(),
    DRAIN_MILLISECONDS: z.string().optional(),
    MAX_CONNECTIONS_PER_ADDRESS: z.string().optional(),
    MAX_SUBSCRIPTIONS_PER_CONNECTION: z.string().optional(),
    MAX_SUBSCRIPTIONS_PER_USER: z.string().optional(),
    UPSTREAM_PATIENCE_MILLISECONDS: z.string().optional(),
    REQUEST_TIMEOUT_MILLISECONDS: z.string().optional(),
    SLOW_OPERATION_MILLISECONDS: z.string().optional(),
    METRICS_TOKEN: metricsToken(),
    COST_MAX: z.string().optional(),
    COST_PER_MINUTE: z.string().optional(),
    LOG_LEVEL: logLevel(),
    SKIP_BUILD: z.stringbool().default(false),
  });
  return { ...settings, PUBLIC_URL: settings.PUBLIC_URL ?? `http://localhost:${settings.PORT}` };
}
