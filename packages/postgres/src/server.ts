import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { findBinaries } from './binaries.ts';
import { clusterName, stopLeftBehind } from './left-behind.ts';
import { assertWritable, giveFolder, type RunAs, whoRunsPostgres } from './run-as.ts';

interface PostgresOptions {
  /** Holds the cluster; made when missing, kept otherwise. */
  readonly folder: string;
  /** On 127.0.0.1 only. */
  readonly port: number;
  /** Password of the superuser `postgres`. */
  readonly password: string;
  readonly onLog?: (line: string) => void;
  /** Runs when no server is left behind on the folder any more: the moment to see whether the port is free. */
  readonly beforeStart?: () => Promise<void>;
  /** Extra server settings, for example `['-c', 'fsync=off']` for tests. */
  readonly flags?: readonly string[];
}

/** A running embedded PostgreSQL server. Disposing of it shuts it down in order ("fast") and waits for its end. */
export interface PostgresServer extends AsyncDisposable {
  /** Connects as superuser to the database `postgres`. */
  readonly url: string;
  readonly pid: number;
  /** Resolves when the server has ended, wanted or not, with how: "SIGKILL", "exit code 1". */
  readonly ended: Promise<string>;
}

/**
 * Starts PostgreSQL on `folder`, after making a cluster there if there is none, and after stopping a server that an
 * earlier process was killed over and left behind.
 * @throws {Error} with a message for people: port in use, folder read-only, no binaries for this platform.
 */
export async function startPostgres({
  folder,
  port,
  password,
  onLog = () => {},
  beforeStart,
  flags = [],
}: PostgresOptions): Promise<PostgresServer> {
  const { initdb, postgres } = await findBinaries();
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  assertWritable(folder);
  giveFolder(folder);
  const runAs = whoRunsPostgres([folder, postgres]);
  if (existsSync(join(folder, 'PG_VERSION'))) await stopLeftBehind(folder);
  else await makeCluster({ initdb, folder, password, runAs, onLog });

  await beforeStart?.();
  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    `cluster_name=${clusterName(folder)}`,
  ].flatMap((setting) => ['-c', setting]);
  const child = run(
    postgres,
    ['-D', folder, '-p', String(port), ...settings, ...flags],
    runAs,
    true,
  );
  // Not "close": backends that outlive a killed server keep its output open.
  const ended = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
  await ready(child, onLog);
  return {
    url: `postgres://postgres:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres`,
    pid: child.pid ?? 0,
    ended,
    async [Symbol.asyncDispose]() {
      child.kill('SIGINT');
      await ended;
    },
  };
}

/** A new process group for the server keeps the terminal's Ctrl-C away from it: it is stopped last, by its owner. */
function run(
  program: string,
  args: readonly string[],
  { prefix, ...ids }: RunAs,
  detached = false,
): ChildProcess {
  const [command = program, ...rest] = [...prefix, program, ...args];
  // A locale of its own, so that the log is in the language that is waited for below.
  const env = { ...process.env, LC_ALL: 'C.UTF-8', TZ: 'UTC' };
  return spawn(command, rest, {
    ...ids,
    env,
    detached,
    cwd: '/',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function lines(child: ChildProcess, onLine: (line: string) => void): void {
  for (const stream of [child.stdout, child.stderr]) {
    if (stream) createInterface({ input: stream }).on('line', onLine);
  }
}

async function makeCluster(options: {
  readonly initdb: string;
  readonly folder: string;
  readonly password: string;
  readonly runAs: RunAs;
  readonly onLog: (line: string) => void;
}): Promise<void> {
  const { initdb, folder, password, runAs, onLog } = options;
  // In the cluster's parent: initdb wants the cluster's own folder empty.
  const passwordFile = `${folder}.${randomBytes(6).toString('hex')}.password`;
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  giveFolder(passwordFile);
  try {
    const args = [
      '-D',
      folder,
      '-U',
      'postgres',
      '-A',
      'scram-sha-256',
      '-E',
      'UTF8',
      '--locale=C.UTF-8',
    ];
    const child = run(initdb, [...args, `--pwfile=${passwordFile}`, '--no-instructions'], runAs);
    const output: string[] = [];
    lines(child, (line) => {
      output.push(line);
      onLog(line);
    });
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject).once('close', resolve);
    });
    if (code !== 0)
      throw new Error(
        `PostgreSQL could not make its folder ${folder}:\n${output.slice(-5).join('\n')}`,
      );
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

async function ready(child: ChildProcess, onLog: (line: string) => void): Promise<void> {
  const output: string[] = [];
  await new Promise<void>((resolve, reject) => {
    lines(child, (line) => {
      onLog(line);
      if (output.length < 20) output.push(line);
      if (line.includes('database system is ready to accept connections')) resolve();
    });
    child.on('error', reject).once('close', () => {
      reject(new Error(`PostgreSQL ended at its start:\n${output.slice(-5).join('\n')}`));
    });
  });
}
