import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

interface SandboxOptions {
  /** Settings beside the ports and the data folder, which are its own. */
  readonly env?: Readonly<Record<string, string>>;
  /** A data folder of an earlier sandbox; it is not removed at the end. */
  readonly dataDir?: string;
  /** Of the gateway, to come back to the origin of an earlier sandbox. */
  readonly port?: number;
}

/** The whole product, started as a person would (`npm start`) on free ports and a folder of its own. */
export interface Sandbox extends AsyncDisposable {
  readonly origin: string;
  /** Where the users subgraph listens, with the identity provider behind the gateway's `/oidc`. */
  readonly usersUrl: string;
  readonly datasetsUrl: string;
  readonly insightsUrl: string;
  readonly dataDir: string;
  readonly pid: number;
  /** Milliseconds from the command to the answer at {@link origin} that every service is ready. */
  readonly startMilliseconds: number;
  readonly output: () => string;
  /** Sends SIGTERM to the command and waits for its end. */
  readonly stop: () => Promise<number | null>;
  /** Settles when the command has ended. */
  readonly ended: Promise<number | null>;
}

/**
 * Starts the product and waits until it is ready.
 * @throws {Error} with what it printed, when it ends before.
 */
export async function startSandbox({
  env = {},
  dataDir,
  port,
}: SandboxOptions = {}): Promise<Sandbox> {
  const folder = dataDir ?? mkdtempSync(join(tmpdir(), 'affluent-sandbox-'));
  const [freePort, USERS_PORT, DATASETS_PORT, INSIGHTS_PORT, POSTGRES_PORT] = await freePorts(5);
  const PORT = port ?? freePort;
  const origin = `http://localhost:${PORT}`;
  const ports = { PORT, USERS_PORT, DATASETS_PORT, INSIGHTS_PORT, POSTGRES_PORT };
  const start = performance.now();
  const child = spawn('npm', ['start'], {
    cwd: ROOT,
    env: { ...process.env, ...stringified(ports), DATA_DIR: folder, PUBLIC_URL: origin, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => (output += chunk));
  const ended = new Promise<number | null>((resolve) => {
    child.once('exit', resolve);
  });
  let over = false;
  void ended.then(() => (over = true));
  const until = async (isSo: () => boolean | Promise<boolean>): Promise<void> => {
    while (!(await isSo())) {
      if (over) throw new Error(`The product did not start:\n${output}`);
      await setTimeout(50);
    }
  };
  await until(async () => (await fetch(`${origin}/readyz`).catch(() => undefined))?.ok ?? false);
  const startMilliseconds = performance.now() - start;
  // The command looks for itself, a moment later: only from then on does it start services again.
  await until(() => output.includes('Affluent is ready'));
  const stop = (): Promise<number | null> => {
    child.kill('SIGTERM');
    return ended;
  };
  return {
    origin,
    usersUrl: `http://127.0.0.1:${USERS_PORT}`,
    datasetsUrl: `http://127.0.0.1:${DATASETS_PORT}`,
    insightsUrl: `http://127.0.0.1:${INSIGHTS_PORT}`,
    dataDir: folder,
    pid: child.pid ?? 0,
    startMilliseconds,
    output: () => output,
    stop,
    ended,
    async [Symbol.asyncDispose]() {
      await stop();
      if (!dataDir) rmSync(folder, { recursive: true, force: true });
    },
  };
}

const stringified = (
  values: Readonly<Record<string, number | undefined>>,
): Record<string, string> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]));

/**
 * Ports that nobody listens on, all held at once so that no two are the same. They lie below those that Linux gives to outgoing
 * connections (32768 and up): such a connection, even one to a service that is just away, would keep the service from coming back.
 */
export async function freePorts(count: number): Promise<readonly number[]> {
  const probes: Server[] = [];
  const ports: number[] = [];
  while (ports.length < count) {
    const port = randomInt(10_000, 32_768);
    const probe = createServer();
    const isFree = await new Promise<boolean>((resolve) => {
      probe.once('error', () => resolve(false)).listen(port, '127.0.0.1', () => resolve(true));
    });
    if (!isFree) continue;
    probes.push(probe);
    ports.push(port);
  }
  await Promise.all(probes.map(async (probe) => probe[Symbol.asyncDispose]()));
  return ports;
}
