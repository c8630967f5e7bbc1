import {
  clientSecret,
  databaseUrl,
  httpUrl,
  logLevel,
  metricsToken,
  port,
  readSettings,
} from '@affluent/service';
import { z } from 'zod';

export type Config = ReturnType<typeof readConfig>;

/** Everything this service reads from its environment, read once, at start. docs/settings.md lists it. */
export const readConfig = (env: NodeJS.ProcessEnv = process.env) =>
  readSettings(
    {
      HOST: z.string().default('127.0.0.1'),
      PORT: port(4003),
      PUBLIC_URL: httpUrl(),
      DATABASE_URL: databaseUrl(),
      USERS_URL: httpUrl(),
      DATASETS_URL: httpUrl(),
      INSIGHTS_CLIENT_SECRET: clientSecret(),
      METRICS_TOKEN: metricsToken(),
      LOG_LEVEL: logLevel(),
    },
    env,
  );
