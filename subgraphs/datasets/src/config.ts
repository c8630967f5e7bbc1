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

const GIBIBYTE = 1024 ** 3;

export type Config = ReturnType<typeof readConfig>;

/** Everything this service reads from its environment, read once, at start. README.md lists it. */
export const readConfig = (env: NodeJS.ProcessEnv = process.env) =>
  readSettings(
    {
      HOST: z.string().default('127.0.0.1'),
      PORT: port(4002),
      PUBLIC_URL: httpUrl(),
      DATABASE_URL: databaseUrl(),
      USERS_URL: httpUrl(),
      DATASETS_CLIENT_SECRET: clientSecret(),
      // For uploads that wait for their import. Created if necessary.
      SPOOL_DIR: z.string(),
      // A larger upload is rejected with PAYLOAD_TOO_LARGE.
      MAX_UPLOAD_BYTES: z.coerce
        .number()
        .int()
        .positive()
        .default(10 * GIBIBYTE),
      METRICS_TOKEN: metricsToken(),
      LOG_LEVEL: logLevel(),
    },
    env,
  );
