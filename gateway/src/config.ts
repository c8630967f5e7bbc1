import { httpUrl, key256, logLevel, port, readSettings } from '@affluent/service';
import { z } from 'zod';

export type Config = ReturnType<typeof readConfig>;

/** Everything the gateway reads from its environment, read once, at start. README.md lists it. */
export const readConfig = (env: NodeJS.ProcessEnv = process.env) =>
  readSettings(
    {
      HOST: z.string().default('127.0.0.1'),
      PORT: port(4000),
      PUBLIC_URL: httpUrl(),
      USERS_URL: httpUrl(),
      DATASETS_URL: httpUrl(),
      INSIGHTS_URL: httpUrl(),
      SESSION_KEY: key256(),
      GATEWAY_CLIENT_SECRET: z.string().min(32),
      REQUEST_TIMEOUT_MILLISECONDS: z.coerce.number().int().min(100).default(10_000),
      WEB_DEV_URL: httpUrl().optional(),
      LOG_LEVEL: logLevel(),
    },
    env,
  );
