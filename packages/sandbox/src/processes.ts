import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { basename } from 'node:path';

export interface ProcessInfo {
  readonly pid: number;
  readonly parent: number;
  /** `postgres`, `launcher`, or the folder of the service. */
  readonly name: string;
  /** Resident memory, in bytes. */
  readonly rss: number;
  /** The most resident memory that it ever had, in bytes. */
  readonly peakRss: number;
}

/** A process (Linux) and all that it brought forth. */
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
    const name =
      /postgres|launcher/.exec(command)?.[0] ?? basename(readlinkSync(`/proc/${pid}/cwd`));
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
    // It ended while we looked, or belongs to somebody else.
    return [];
  }
}
