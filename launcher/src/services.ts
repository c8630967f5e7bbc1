import { join } from 'node:path';

import type { Config } from './config.ts';
import type { DatabaseUrls } from './databases.ts';
import type { LogFile } from './log-file.ts';
import type { Secrets } from './secrets.ts';
import { startService } from './service-process.ts';
import { supervise, type SupervisedService } from './supervise.ts';

interface ServicesOptions {
  readonly config: Config;
  readonly secrets: Secrets;
  readonly databaseUrls: DatabaseUrls;
  /** Reload on change, with the web client from Vite's development server. */
  readonly dev: boolean;
  readonly openLog: (name: string) => LogFile;
}

/** Starts every service at once. The order of the list is that of stopping: the gateway first. */
export function startServices({
  config,
  secrets,
  databaseUrls,
  dev,
  openLog,
}: ServicesOptions): readonly SupervisedService[] {
  const local = (port: number) => `http://127.0.0.1:${port}`;
  const urls = {
    USERS_URL: local(config.USERS_PORT),
    DATASETS_URL: local(config.DATASETS_PORT),
    INSIGHTS_URL: local(config.INSIGHTS_PORT),
  };
  const { ENCRYPTION_KEY, GATEWAY_CLIENT_SECRET, SESSION_KEY } = secrets;
  const { PUBLIC_URL, LOG_LEVEL, METRICS_TOKEN } = config;
  const shared = { ...openTelemetry(), PUBLIC_URL, LOG_LEVEL, METRICS_TOKEN };
  const args = dev
    ? [
        '--watch',
        '--watch-preserve-output',
        '--conditions=source',
        '--import',
        'tsx',
        'src/main.ts',
      ]
    : ['--enable-source-maps', 'dist/main.js'];

  const start = (
    name: string,
    folder: string,
    port: number,
    env: Readonly<Record<string, string | undefined>>,
  ) => {
    const log = openLog(name);
    const readyUrl = `${local(port)}/readyz`;
    const all = { ...shared, PORT: String(port), ...env };
    return supervise(() => startService({ name, folder, args, env: all, readyUrl, log }));
  };
  const startWeb = () => {
    const log = openLog('web');
    return supervise(() =>
      startService({
        name: 'web',
        folder: 'web',
        args: ['../node_modules/vite/bin/vite.js'],
        env: { NODE_ENV: 'development', WEB_PORT: String(config.WEB_PORT) },
        readyUrl: `${local(config.WEB_PORT)}/`,
        log,
      }),
    );
  };
  return [
    start('gateway', 'gateway', config.PORT, {
      ...urls,
      HOST: config.HOST,
      SUPERGRAPH_PATH: config.SUPERGRAPH_PATH,
      SUBGRAPH_URLS: config.SUBGRAPH_URLS,
      QUERY_EXECUTOR: config.QUERY_EXECUTOR,
      ALLOWED_DOCUMENTS: config.ALLOWED_DOCUMENTS,
      TRUSTED_PROXIES: config.TRUSTED_PROXIES,
      GATEWAY_CLIENT_SECRET,
      SESSION_KEY,
      DRAIN_MILLISECONDS: config.DRAIN_MILLISECONDS,
      MAX_CONNECTIONS_PER_ADDRESS: config.MAX_CONNECTIONS_PER_ADDRESS,
      MAX_SUBSCRIPTIONS_PER_CONNECTION: config.MAX_SUBSCRIPTIONS_PER_CONNECTION,
      MAX_SUBSCRIPTIONS_PER_USER: config.MAX_SUBSCRIPTIONS_PER_USER,
      UPSTREAM_PATIENCE_MILLISECONDS: config.UPSTREAM_PATIENCE_MILLISECONDS,
      REQUEST_TIMEOUT_MILLISECONDS: config.REQUEST_TIMEOUT_MILLISECONDS,
      SLOW_OPERATION_MILLISECONDS: config.SLOW_OPERATION_MILLISECONDS,
      COST_MAX: config.COST_MAX,
      COST_PER_MINUTE: config.COST_PER_MINUTE,
      WEB_DEV_URL: dev ? local(config.WEB_PORT) : undefined,
    }),
    ...(dev ? [startWeb()] : []),
    start('insights', 'subgraphs/insights', config.INSIGHTS_PORT, {
      ...urls,
      DATABASE_URL: databaseUrls.insights,
    }),
    start('datasets', 'subgraphs/datasets', config.DATASETS_PORT, {
      ...urls,
      DATABASE_URL: databaseUrls.datasets,
      SPOOL_DIR: join(config.DATA_DIR, 'spool'),
      MAX_UPLOAD_BYTES: config.MAX_UPLOAD_BYTES?.toString(),
    }),
    start('users', 'subgraphs/users', config.USERS_PORT, {
      DATABASE_URL: databaseUrls.users,
      ENCRYPTION_KEY,
      GATEWAY_CLIENT_SECRET,
      SMTP_URL: config.SMTP_URL,
      IDENTITY_PROVIDERS: config.IDENTITY_PROVIDERS,
      SIGNING_KEY_DAYS: config.SIGNING_KEY_DAYS,
      SESSION_IDLE_HOURS: config.SESSION_IDLE_HOURS,
      SESSION_MAX_DAYS: config.SESSION_MAX_DAYS,
      MAIL_FROM: config.MAIL_FROM,
    }),
  ];
}

/** OpenTelemetry's own settings, which its libraries read. */
const openTelemetry = (): Readonly<Record<string, string | undefined>> =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => name.startsWith('OTEL_')));
