import {
  databaseUrl,
  httpUrl,
  logLevel,
  metricsToken,
  port,
  readSettings,
} from '@affluent/service';
import { z } from 'zod';

const GIBIBYTE = 1024 ** 3;

/** Everything this service reads from its environment, read once, at start. */
export interface Config {
  readonly host: string;
  readonly port: number;
  /** The origin that people open. */
  readonly publicUrl: string;
  readonly databaseUrl: string;
  /** Where the users subgraph listens. */
  readonly usersUrl: string;
  /** A folder for uploads that wait for their import; made when it is not there. */
  readonly spoolFolder: string;
  /** A larger upload is refused with PAYLOAD_TOO_LARGE. */
  readonly maxUploadBytes: number;
  /** Who shows it reads `/metrics`. */
  readonly metricsToken?: string | undefined;
  readonly logLevel: string;
}

/** @throws {SettingsError} naming the settings that are missing or wrong. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const settings = readSettings(
    {
      HOST: z.string().default('127.0.0.1'),
      PORT: port(4002),
      PUBLIC_URL: httpUrl(),
      DATABASE_URL: databaseUrl(),
      USERS_URL: httpUrl(),
      SPOOL_DIR: z.string(),
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
  return {
    host: settings.HOST,
    port: settings.PORT,
    publicUrl: settings.PUBLIC_URL,
    databaseUrl: settings.DATABASE_URL,
    usersUrl: settings.USERS_URL,
    spoolFolder: settings.SPOOL_DIR,
    maxUploadBytes: settings.MAX_UPLOAD_BYTES,
    metricsToken: settings.METRICS_TOKEN,
    logLevel: settings.LOG_LEVEL,
  };
}
