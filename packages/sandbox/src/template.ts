import { randomBytes } from 'node:crypto';
import { appendFileSync, chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { ensureDatabase, freePort, startPostgres } from '@affluent/postgres';

/**
 * Makes a data folder for sandboxes to begin with a copy of: the PostgreSQL cluster with the databases of the subgraphs.
 * Commits are not flushed to disk there: they survive a killed process, but not a crash of the machine.
 * @returns its path; the caller removes it.
 */
export async function makeTemplate(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'affluent-template-'));
  // PostgreSQL may run as another user and must be able to enter its own folder.
  chmodSync(folder, 0o711);
  const password = randomBytes(32).toString('base64url');
  const secrets = JSON.stringify({ POSTGRES_PASSWORD: password });
  writeFileSync(join(folder, 'secrets.json'), secrets, { mode: 0o600 });
  const cluster = join(folder, 'postgres');
  const port = await freePort();
  const server = await startPostgres({ folder: cluster, port, password });
  try {
    for (const name of ['affluent_users', 'affluent_datasets', 'affluent_insights'])
      await ensureDatabase({ adminUrl: server.url, name, password });
  } finally {
    await server[Symbol.asyncDispose]();
  }
  appendFileSync(join(cluster, 'postgresql.auto.conf'), 'fsync = off\nfull_page_writes = off\n');
  return folder;
}
