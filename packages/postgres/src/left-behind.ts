import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

/** Stands in the title of each of a server's processes, so that those of a server that was killed can be found. */
export const clusterName = (folder: string): string =>
  `affluent ${createHash('sha256').update(folder).digest('hex').slice(0, 12)}`;

/**
 * Stops the server that still runs on a cluster because the process that started it was killed. A lock file whose
 * process is gone, or is another program by now, is removed: PostgreSQL then recovers from its log as after a crash.
 *
 * Where the server itself was killed, its processes that are busy do not notice it until they are done, and keep its shared
 * memory: PostgreSQL would refuse to start. They are killed (on Linux; elsewhere the start fails until they have ended).
 */
export async function stopLeftBehind(folder: string): Promise<void> {
  const file = join(folder, 'postmaster.pid');
  if (existsSync(file)) {
    const pid = Number(readFileSync(file, 'utf8').split('\n', 1)[0]);
    if (Number.isInteger(pid) && pid > 1 && isServer(pid, folder)) {
      process.kill(pid, 'SIGINT');
      while (isServer(pid, folder)) await setTimeout(50);
    }
  }
  const title = `postgres: ${clusterName(folder)}: `;
  for (;;) {
    const orphans = processIds().filter((pid) => commandOf(pid)?.startsWith(title));
    if (orphans.length === 0) break;
    for (const pid of orphans) kill(pid);
    await setTimeout(50);
  }
  rmSync(file, { force: true });
}

function isServer(pid: number, folder: string): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  return !existsSync('/proc') || (commandOf(pid)?.includes(folder) ?? false);
}

const processIds = (): readonly number[] =>
  existsSync('/proc') ? readdirSync('/proc').map(Number).filter(Number.isInteger) : [];

/** Undefined when the process has ended. */
function commandOf(pid: number): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return undefined;
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has just ended, or is not ours.
  }
}
