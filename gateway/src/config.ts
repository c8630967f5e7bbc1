import {
  clientSecret,
  httpUrl,
  key256,
  logLevel,
  metricsToken,
  port,
  readSettings,
} from '@affluent/service';
import { z } from 'zod';

import { readTrustedProxies } from './client-address.ts';

const trustedProxies = () =>
  z
    .string()
    .default('')
    .transform((text, context) => {
      try {
        return readTrustedProxies(text);
      } catch {
        context.addIssue(
          'must be addresses, ranges (10.0.0.0/8), loopback, linklocal or uniquelocal, separated by commas',
        );
        return z.NEVER;
      }
    });

/** URLs of subgraphs outside of this repository. */
const otherSubgraphs = () =>
  z
    .string()
    .default('{}')
    .transform((text, context) => {
      try {
        return JSON.parse(text) as unknown;
      } catch {
        context.addIssue('must be JSON');
        return z.NEVER;
      }
    })
    .pipe(
      z
        .record(z.string(), origin())
        .refine(
          (urls) => !['users', 'datasets', 'insights'].some((name) => Object.hasOwn(urls, name)),
          'must not name users, datasets or insights, which have settings of their own',
        ),
    );

const origin = () =>
  httpUrl().refine((url) => url === new URL(url).origin, 'must have no path: /graphql is added');

export type Config = ReturnType<typeof readConfig>;

/** Everything the gateway reads from its environment, read once, at start. docs/settings.md lists it. */
export const readConfig = (env: NodeJS.ProcessEnv = process.env) =>
  readSettings(
    {
      HOST: z.string().default('127.0.0.1'),
      PORT: port(4000),
      PUBLIC_URL: httpUrl(),
      USERS_URL: httpUrl(),
      DATASETS_URL: httpUrl(),
      INSIGHTS_URL: httpUrl(),
      SUBGRAPH_URLS: otherSubgraphs(),
      SUPERGRAPH_PATH: z.string().optional(),
      QUERY_EXECUTOR: z.enum(['affluent', 'apollo']).default('affluent'),
      ALLOWED_DOCUMENTS: z.enum(['any', 'trusted']).default('any'),
      TRUSTED_PROXIES: trustedProxies(),
      SESSION_KEY: key256(),
      GATEWAY_CLIENT_SECRET: clientSecret(),
      DRAIN_MILLISECONDS: z.coerce.number().int().min(0).default(200),
      MAX_CONNECTIONS_PER_ADDRESS: z.coerce.number().int().positive().default(2_000),
      MAX_SUBSCRIPTIONS_PER_CONNECTION: z.coerce.number().int().positive().default(100),
      MAX_SUBSCRIPTIONS_PER_USER: z.coerce.number().int().positive().default(1_000),
      UPSTREAM_PATIENCE_MILLISECONDS: z.coerce.number().int().min(0).default(30_000),
      REQUEST_TIMEOUT_MILLISECONDS: z.coerce.number().int().min(100).default(10_000),
      // A series of 10,000 points and the fields beside it.
      COST_MAX: z.coerce.number().int().positive().default(12_000),
      COST_PER_MINUTE: z.coerce.number().int().positive().default(6_000_000),
      SLOW_OPERATION_MILLISECONDS: z.coerce.number().min(0).default(200),
      METRICS_TOKEN: metricsToken(),
      WEB_DEV_URL: httpUrl().optional(),
      LOG_LEVEL: logLevel(),
    },
    env,
  );
