import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { TestProject } from 'vitest/node';

import { freePort } from './free-ports.ts';
import { startPostgres } from './server.ts';
import type {} from './testing.ts';

/** Starts one embedded PostgreSQL server for a whole test run, on a free port and an empty folder. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'affluent-test-'));
  const server = await startPostgres({
    folder: join(folder, 'postgres'),
    port: await freePort(),
    password: 'test',
    // The cluster lives as long as the run: nothing has to survive a crash of the machine.
    flags: ['-c', 'fsync=off', '-c', 'max_connections=200'],
  });
  project.provide('postgresUrl', server.url);
  return async () => {
    await server[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true, force: true });
  };
}
