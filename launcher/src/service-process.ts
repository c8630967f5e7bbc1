import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';

import { ROOT } from './config.ts';

interface ServiceOptions {
  readonly name: string;
  /** Its workspace's folder. */
  readonly folder: string;
  /** What follows `node`. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Answers 200 once the service is up. */
  readonly readyUrl: string;
  readonly logFolder: string;
}

/** A service in a process of its own. Disposing of it sends SIGTERM and waits for its end. */
export interface ServiceProcess extends AsyncDisposable {
  readonly name: string;
  /** Settles when the process has ended, wanted or not. */
  readonly ended: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
  /** Settles when the service answers. Rejects when it ended instead. */
  readonly ready: () => Promise<void>;
}

/** pino's number for "warn". */
const WARN = 40;
const STOP_MILLISECONDS = 20_000;

/**
 * Starts a service. Its log goes to a file; warnings and errors are shown here too. It gets the environment that it is
 * given and nothing else, and a channel whose end tells it that this process is gone.
 */
export function startService({
  name,
  folder,
  args,
  env,
  readyUrl,
  logFolder,
}: ServiceOptions): ServiceProcess {
  const { PATH, HOME, TMPDIR, NODE_EXTRA_CA_CERTS } = process.env;
  const child = spawn(process.execPath, args, {
    cwd: join(ROOT, folder),
    env: { PATH, HOME, TMPDIR, NODE_EXTRA_CA_CERTS, NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // A process group of its own: Ctrl-C reaches this process only, which then stops the others in order.
    detached: true,
  });
  writeLog(child, name, join(logFolder, `${name}.log`));
  const ended = new Promise<Awaited<ServiceProcess['ended']>>((resolve) => {
    child.once('error', () => resolve({ code: 1, signal: null }));
    child.once('exit', (code, signal) => resolve({ code, signal }));
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
            `The ${name} service ended at its start. Its log: ${join(logFolder, `${name}.log`)}`,
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

function writeLog({ stdout, stderr }: ChildProcess, name: string, path: string): void {
  if (existsSync(path)) renameSync(path, path.replace(/\.log$/, '.previous.log'));
  const file = createWriteStream(path, { mode: 0o600 });
  const onLine = (line: string): void => {
    file.write(`${line}\n`);
    const { level, msg } = parseEntry(line);
    if (level >= WARN) console.error(`${name}: ${msg}`);
  };
  for (const stream of [stdout, stderr])
    if (stream) createInterface({ input: stream }).on('line', onLine);
}

/** A log line of ours is JSON; whatever else a process prints is worth showing. */
function parseEntry(line: string): { readonly level: number; readonly msg: string } {
  try {
    return JSON.parse(line) as { level: number; msg: string };
  } catch {
    return { level: WARN, msg: line };
  }
}
