import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

/**
 * Makes DATA_DIR if need be and takes it for this process, until `release` is called or the process ends.
 * @throws {Error} when it cannot be written to, or another start works on it.
 */
export function takeDataFolder(folder: string): { readonly release: () => void } {
  try {
    const logs = join(folder, 'logs');
    mkdirSync(logs, { recursive: true });
    accessSync(folder, constants.W_OK);
    // PostgreSQL, which may run as another user, passes through to its own folder.
    chmodSync(folder, 0o711);
    chmodSync(logs, 0o700);
  } catch (cause) {
    throw new Error(`${folder} cannot be written to. Set DATA_DIR to a folder of your own.`, {
      cause,
    });
  }
  const lock = join(folder, 'launcher.pid');
  const pid = existsSync(lock) ? Number(readFileSync(lock, 'utf8')) : undefined;
  if (pid && pid !== process.pid && isLauncher(pid)) {
    throw new Error(
      `Affluent already runs on ${folder} (process ${pid}). Stop it first, or set DATA_DIR to another folder.`,
    );
  }
  writeFileSync(lock, String(process.pid));
  return { release: () => rmSync(lock, { force: true }) };
}

function isLauncher(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  const command = `/proc/${pid}/cmdline`;
  return !existsSync(command) || readFileSync(command, 'utf8').includes('launcher');
}
