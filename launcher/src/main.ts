import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';

import { build } from './build.ts';
import { type Config, readConfig, ROOT } from './config.ts';
import { takeDataFolder } from './data-folder.ts';
import { openDatabases } from './databases.ts';
import { type LogFile, openLogFile } from './log-file.ts';
import { assertPortFree } from './ports.ts';
import { readSecrets } from './secrets.ts';
import { startServices } from './services.ts';

/**
 * `npm start` and `npm run dev`: the whole product on this machine. Everything that is started here is stopped here,
 * in the opposite order: the gateway, the subgraphs, PostgreSQL.
 */
const { values } = parseArgs({ options: { dev: { type: 'boolean', default: false } } });
const stopped = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => stopped.abort());

const untilStopped = new Promise<void>((resolve) => {
  stopped.signal.addEventListener('abort', () => resolve(), { once: true });
});

async function run(config: Config): Promise<void> {
  await using cleanUp = new AsyncDisposableStack();
  cleanUp.defer(takeDataFolder(config.DATA_DIR).release);
  await assertPortFree(config.HOST, config.PORT, 'PORT');
  await assertPortFree('127.0.0.1', config.USERS_PORT, 'USERS_PORT');
  await assertPortFree('127.0.0.1', config.DATASETS_PORT, 'DATASETS_PORT');
  await assertPortFree('127.0.0.1', config.INSIGHTS_PORT, 'INSIGHTS_PORT');

  if (!config.SKIP_BUILD && !values.dev) {
    console.log('Building what is not built …');
    await build(stopped.signal);
  }
  const secrets = readSecrets(config.DATA_DIR);
  const openLog = (name: string): LogFile =>
    cleanUp.use(openLogFile(join(config.DATA_DIR, 'logs'), name));
  console.log(config.DATABASE_URL ? 'Opening the databases …' : 'Starting PostgreSQL …');
  const { urls: databaseUrls, server } = await openDatabases(config, secrets, openLog);
  if (server) cleanUp.use(server);
  if (stopped.signal.aborted) return;

  console.log('Starting the services …');
  const services = startServices({ config, secrets, databaseUrls, dev: values.dev, openLog });
  for (const service of services.toReversed()) cleanUp.use(service);
  await Promise.race([Promise.all(services.map((service) => service.ready())), untilStopped]);
  if (stopped.signal.aborted) return;

  console.log(`
  Affluent is ready: ${config.PUBLIC_URL}

  Open it in a browser and choose "Create account"; later, "Sign in".
  Something moving to look at:  npm run demo
  Data and logs: ${relative(ROOT, config.DATA_DIR) || '.'}/ · Stop: Ctrl-C
`);
  await untilStopped;
  console.log('Stopping …');
}

try {
  await run(readConfig());
  process.exit(0);
} catch (error) {
  if (stopped.signal.aborted) process.exit(0);
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
