import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';

import { ROOT } from './config.ts';
import type { Running } from './keep-running.ts';
import type { LogFile } from './log-file.ts';

interface ServiceOptions {
  readonly name: string;
  /** Its workspace's folder. */
  readonly folder: string;
  /** What follows `node`. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Answers 200 once the service is up. */
  readonly readyUrl: string;
  readonly log: LogFile;
}

/** A service in a process of its own. Disposing of it sends SIGTERM and waits for its end. */
export interface ServiceProcess extends Running {
  readonly name: string;
  /** Resolves when the service answers. Rejects when it ends first. */
  readonly ready: () => Promise<void>;
}

/** pino's number for "warn". */
const WARN = 40;
const STOP_MILLISECONDS = 20_000;

/**
 * Starts a service. Its log goes to a file; warnings and errors are printed here too. The service gets only the given environment,
 * and an IPC channel whose end means that this process is gone.
 */
export function startService({
  name,
  folder,
  args,
  env,
  readyUrl,
  log,
}: ServiceOptions): ServiceProcess {
  const { PATH, HOME, TMPDIR, NODE_EXTRA_CA_CERTS } = process.env;
  const child = spawn(process.execPath, args, {
    cwd: join(ROOT, folder),
    env: { PATH, HOME, TMPDIR, NODE_EXTRA_CA_CERTS, NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // A process group of its own: Ctrl-C reaches this process only, which then stops the others in order.
    detached: true,
  });
  writeLog(child, name, log);
  const ended = new Promise<string>((resolve) => {
    child.on('error', ({ message }) => resolve(message));
    child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
  return {
    name,
    ended,
    async ready() {
      let over = false;
      void ended.then(() => (over = true));
      for (;;) {
        const answer = await fetch(readyUrl).catch(() => undefined);
        if (answer?.ok) return;
        if (over)
          throw new Error(
            `The ${name} service ended at its start (${await ended}). Its log: ${log.path}`,
          );
        await setTimeout(100);
      }
    },
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM');
      const killer = new AbortController();
      void setTimeout(STOP_MILLISECONDS, undefined, { signal: killer.signal }).then(
        () => child.kill('SIGKILL'),
        () => {},
      );
      await ended;
      killer.abort();
    },
  };
}

function writeLog({ stdout, stderr }: ChildProcess, name: string, log: LogFile): void {
  const onLine = (line: string): void => {
    log.write(line);
    const { level, msg } = parseEntry(line);
    if (level >= WARN) console.error(`${name}: ${msg}`);
  };
  for (const stream of [stdout, stderr])
    if (stream) createInterface({ input: stream }).on('line', onLine);
}

/** Our log lines are JSON; other output is shown as a warning. */
function parseEntry(line: string): { readonly level: number; readonly msg: string } {
  try {
    return JSON.parse(line) as { level: number; msg: string };
  } catch {
    return { level: WARN, msg: line };
  }
}
