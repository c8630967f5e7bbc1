import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { freePorts } from '@affluent/postgres';

import { readLogs } from './logs.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
/** For a busy machine that builds everything first; an idle one needs seconds. */
const START_MILLISECONDS = 150_000;
const MAX_ATTEMPTS = 5;

export interface SandboxOptions {
  /** Settings in addition to the ports and the data folder. */
  readonly env?: Readonly<Record<string, string>>;
  /** A data folder of an earlier sandbox; it is not removed at the end. */
  readonly dataDir?: string;
  /** A data folder to begin with a copy of, see {@link makeTemplate}; default: an empty one. */
  readonly template?: string;
  /** The gateway's port, to return to the origin of an earlier sandbox. */
  readonly port?: number;
}

/** The whole product, started with `npm start` on free ports and its own data folder. */
export interface Sandbox extends AsyncDisposable {
  readonly origin: string;
  /** The users subgraph's URL, with the identity provider that the gateway publishes as `/oidc`. */
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
 * Starts the product and waits until it is ready. When another process has taken one of the chosen ports in the meantime,
 * it starts again with others.
 * @throws {Error} with the output and the logs, when the product ends before it is ready, or is not ready in time.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { env = {}, port } = options;
  const hasFixedPort = port !== undefined || Object.keys(env).some((name) => name.endsWith('PORT'));
  for (let attempt = 1; ; attempt++) {
    try {
      return await startOnce(options);
    } catch (error) {
      const isPortTaken = /is in use|EADDRINUSE/.test(String(error));
      if (hasFixedPort || !isPortTaken || attempt === MAX_ATTEMPTS) throw error;
    }
  }
}

async function startOnce({ env = {}, dataDir, template, port }: SandboxOptions): Promise<Sandbox> {
  const folder = dataDir ?? mkdtempSync(join(tmpdir(), 'affluent-sandbox-'));
  if (template) execFileSync('cp', ['-a', `${template}/.`, folder]);
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
  let hasEnded = false;
  void ended.then(() => (hasEnded = true));
  const stop = (): Promise<number | null> => {
    child.kill('SIGTERM');
    return ended;
  };
  const dispose = async (): Promise<void> => {
    await stop();
    if (!dataDir) rmSync(folder, { recursive: true, force: true });
  };
  const until = async (isDone: () => boolean | Promise<boolean>): Promise<void> => {
    while (!(await isDone())) {
      const isLate = performance.now() - start > START_MILLISECONDS;
      if (hasEnded || isLate) {
        const failure = hasEnded ? 'ended before it was ready' : 'was not ready in time';
        throw new Error(`The product ${failure}:\n${output}\n${readLogs(folder)}`);
      }
      await setTimeout(50);
    }
  };
  try {
    await until(async () => (await fetch(`${origin}/readyz`).catch(() => undefined))?.ok ?? false);
    const startMilliseconds = performance.now() - start;
    // The launcher polls by itself and notices a moment later: it restarts services only from then on.
    await until(() => output.includes('Affluent is ready'));
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
      [Symbol.asyncDispose]: dispose,
    };
  } catch (error) {
    await dispose();
    throw error;
  }
}

const stringified = (
  values: Readonly<Record<string, number | undefined>>,
): Record<string, string> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]));
