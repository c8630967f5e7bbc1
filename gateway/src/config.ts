import { httpUrl, key256, logLevel, metricsToken, port, readSettings } from '@affluent/service';
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
      SUPERGRAPH_PATH: z.string().optional(),
      QUERY_EXECUTOR: z.enum(['affluent', 'apollo']).default('affluent'),
      ALLOWED_DOCUMENTS: z.enum(['any', 'trusted']).default('any'),
      SESSION_KEY: key256(),
      GATEWAY_CLIENT_SECRET: z.string().min(32),
      DRAIN_MILLISECONDS: z.coerce.number().int().min(0).default(200),
      MAX_CONNECTIONS_PER_ADDRESS: z.coerce.number().int().positive().default(2_000),
      MAX_SUBSCRIPTIONS_PER_CONNECTION: z.coerce.number().int().positive().default(100),
      MAX_SUBSCRIPTIONS_PER_USER: z.coerce.number().int().positive().default(1_000),
      UPSTREAM_PATIENCE_MILLISECONDS: z.coerce.number().int().min(0).default(30_000),
      REQUEST_TIMEOUT_MILLISECONDS: z.coerce.number().int().min(100).default(10_000),
      // A series of 10,000 points, and what is asked for beside it.
      COST_MAX: z.coerce.number().int().positive().default(12_000),
      COST_PER_MINUTE: z.coerce.number().int().positive().default(6_000_000),
      SLOW_OPERATION_MILLISECONDS: z.coerce.number().min(0).default(200),
      METRICS_TOKEN: metricsToken(),
      WEB_DEV_URL: httpUrl().optional(),
      LOG_LEVEL: logLevel(),
    },
    env,
  );
