import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const PEERS = join(ROOT, 'bench/peers');

/** A gateway in a process of its own, before the stand-ins. */
export interface RunningGateway extends AsyncDisposable {
  readonly pid: number;
  readonly url: string;
}

interface GatewayCommand {
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly port: number;
}

/** Installs the peers at their pinned versions; they are no part of the product's own installation. */
export async function installPeers(): Promise<void> {
  if (existsSync(join(PEERS, 'node_modules/.package-lock.json'))) return;
  await promisify(execFile)('npm', ['ci', '--no-audit', '--no-fund'], { cwd: PEERS });
}

/** The product's supergraph for gateways that refuse access rules, with the stand-ins' addresses. */
export async function writePeerSupergraph(
  folder: string,
  urls: Readonly<Record<string, string>>,
): Promise<string> {
  const sdl = await readFile(join(ROOT, 'supergraph.graphql'), 'utf8');
  const file = join(folder, 'supergraph.graphql');
  await writeFile(
    file,
    sdl
      .replaceAll(
        /@link\(url: "https:\/\/specs\.apollo\.dev\/(authenticated|requiresScopes)\/[^)]*\)/g,
        '',
      )
      .replaceAll(/^(directive @|scalar )(authenticated|requiresScopes)\b.*$/gm, '')
      .replaceAll(/ @authenticated\b| @requiresScopes\([^)]*\)/g, '')
      .replaceAll(
        /http:\/\/(\w+)\.invalid\/graphql/g,
        (_, name: string) => `${urls[name]}/graphql`,
      ),
  );
  return file;
}

const start = async ({ args, cwd, env = {}, port }: GatewayCommand): Promise<RunningGateway> => {
  const child = spawn(process.execPath, args, {
    cwd,
    env: { PATH: process.env.PATH, NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const url = `http://127.0.0.1:${port}/graphql`;
  const body = JSON.stringify({ query: '{ __typename }' });
  const headers = { 'content-type': 'application/json' };
  while (!(await fetch(url, { method: 'POST', body, headers }).catch(() => undefined))?.ok) {
    if (child.exitCode !== null) throw new Error(`${args.join(' ')} ended with ${child.exitCode}`);
    await setTimeout(100);
  }
  return {
    pid: child.pid ?? 0,
    url,
    async [Symbol.asyncDispose]() {
      const ended = new Promise((resolve) => {
        child.once('exit', resolve);
      });
      child.kill('SIGTERM');
      await ended;
    },
  };
};

/** The product's gateway, as `npm start` runs it. */
export const startOurs = (
  port: number,
  publicUrl: string,
  urls: Readonly<Record<string, string>>,
): Promise<RunningGateway> =>
  start({
    args: ['--enable-source-maps', 'dist/main.js'],
    cwd: join(ROOT, 'gateway'),
    port,
    env: {
      PORT: String(port),
      PUBLIC_URL: publicUrl,
      USERS_URL: urls.users ?? '',
      DATASETS_URL: urls.datasets ?? '',
      INSIGHTS_URL: urls.insights ?? '',
      SESSION_KEY: 'A'.repeat(43),
      GATEWAY_CLIENT_SECRET: 'x'.repeat(32),
      LOG_LEVEL: 'warn',
      // One caller asks for all of it.
      COST_PER_MINUTE: '1000000000000',
    },
  });

/** @apollo/gateway and Apollo Server as their documentation starts them. */
export const startPlain = (port: number, supergraph: string): Promise<RunningGateway> =>
  start({ args: ['plain.js', supergraph, String(port)], cwd: PEERS, port });

/** Hive Gateway by its own command. */
export const startHive = (port: number, supergraph: string): Promise<RunningGateway> =>
  start({
    args: [
      'node_modules/@graphql-hive/gateway/dist/bin.js',
      'supergraph',
      supergraph,
      '--port',
      String(port),
      '--host',
      '127.0.0.1',
    ],
    cwd: PEERS,
    port,
    // It looks for a cloud around it else.
    env: { METADATA_SERVER_DETECTION: 'none' },
  });
