import { execFileSync } from 'node:child_process';
import { accessSync, chownSync, constants, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** How to start a PostgreSQL program as a user other than root, which it refuses to run as. */
export interface RunAs {
  readonly uid?: number;
  readonly gid?: number;
  /** Put before the program: a command and its arguments, or nothing. */
  readonly prefix: readonly string[];
}

/**
 * An ordinary user runs PostgreSQL as themselves. Root runs it as the system user `postgres`, made when missing; where
 * a folder on the way to `paths` lets only root in (a home folder, a temporary folder), the server gets the one
 * capability that it needs to pass through.
 */
export function whoRunsPostgres(paths: readonly string[]): RunAs {
  if (process.getuid?.() !== 0) return { prefix: [] };
  const { uid, gid } = systemUser();
  if (paths.every((path) => isReachable(path, uid, gid))) return { uid, gid, prefix: [] };
  const capability = hasCapability(CAP_DAC_READ_SEARCH) ? 'dac_read_search' : 'dac_override';
  return {
    prefix: [
      'setpriv',
      `--reuid=${uid}`,
      `--regid=${gid}`,
      '--clear-groups',
      `--inh-caps=+${capability}`,
      `--ambient-caps=+${capability}`,
      // Else access(2), by which PostgreSQL looks for its own programs, would not count the capability.
      '--securebits=+no_setuid_fixup',
      '--',
    ],
  };
}

/** Makes the user who runs PostgreSQL the owner of a folder; does nothing for an ordinary user. */
export function giveFolder(path: string): void {
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = systemUser();
  chownSync(path, uid, gid);
}

function systemUser(): { uid: number; gid: number } {
  const find = () => readFileSync('/etc/passwd', 'utf8').match(/^postgres:[^:]*:(\d+):(\d+):/m);
  let entry = find();
  if (!entry) {
    try {
      execFileSync('useradd', ['--system', '--user-group', '--no-create-home', 'postgres'], {
        stdio: 'pipe',
      });
    } catch (cause) {
      throw new Error(
        'PostgreSQL does not run as root, and the user "postgres" could not be made. ' +
          'Start as an ordinary user, or set DATABASE_URL to a PostgreSQL 15+ server.',
        { cause },
      );
    }
    entry = find();
  }
  if (!entry) throw new Error('The user "postgres" is missing in /etc/passwd.');
  return { uid: Number(entry[1]), gid: Number(entry[2]) };
}

function isReachable(path: string, uid: number, gid: number): boolean {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const { mode, uid: owner, gid: group } = statSync(folder);
    const bit = owner === uid ? 0o100 : group === gid ? 0o010 : 0o001;
    if ((mode & bit) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

const CAP_DAC_READ_SEARCH = 2n;

function hasCapability(capability: bigint): boolean {
  const bounding = /^CapBnd:\s*([0-9a-f]+)$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
  return bounding !== undefined && (BigInt(`0x${bounding}`) & (1n << capability)) !== 0n;
}

/** @throws {Error} naming DATA_DIR, when the folder cannot be written to. */
export function assertWritable(folder: string): void {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw new Error(`${folder} cannot be written to. Set DATA_DIR to a folder of your own.`, {
      cause,
    });
  }
}
