import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { basename } from 'node:path';

export interface ProcessInfo {
  readonly pid: number;
  readonly parent: number;
  /** `npm`, `launcher`, `postgres`, or the folder of the service. */
  readonly name: string;
  /** Resident memory, in bytes. */
  readonly rss: number;
  /** Peak resident memory, in bytes. */
  readonly peakRss: number;
}

/** A process (Linux) and its descendants. */
export function processTree(root: number): readonly ProcessInfo[] {
  const all = readdirSync('/proc').flatMap((pid) =>
    /^\d+$/.test(pid) ? describe(Number(pid)) : [],
  );
  const tree = all.filter(({ pid }) => pid === root);
  for (const { pid } of tree) tree.push(...all.filter(({ parent }) => parent === pid));
  return tree;
}

export const isAlive = (pid: number): boolean => describe(pid).length > 0;

function describe(pid: number): readonly ProcessInfo[] {
  try {
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const field = (name: string) =>
      Number(new RegExp(`^${name}:\\s*(\\d+)`, 'm').exec(status)?.[1] ?? 0);
    const name = nameOf(pid, command.split('\0'));
    const isZombie = /^State:\s*Z/m.test(status);
    if (isZombie) return [];
    return [
      {
        pid,
        parent: field('PPid'),
        name,
        rss: field('VmRSS') * 1024,
        peakRss: field('VmHWM') * 1024,
      },
    ];
  } catch {
    // It has ended meanwhile, or belongs to another user.
    return [];
  }
}

function nameOf(pid: number, [program = '', ...args]: readonly string[]): string {
  const title = /^(npm|postgres)\b/.exec(basename(program))?.[1];
  if (title) return title;
  return args.includes('launcher/bin.js') ? 'launcher' : basename(readlinkSync(`/proc/${pid}/cwd`));
}
