import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Client } from 'pg';
import { expect, onTestFinished, test } from 'vitest';

import { freePort } from './free-ports.ts';
import { startPostgres } from './server.ts';

test('a killed server starts again on its folder and port, though its processes are busy', async () => {
  const parent = mkdtempSync(join(tmpdir(), 'affluent-killed-'));
  onTestFinished(() => rmSync(parent, { recursive: true, force: true }));
  const options = {
    folder: join(parent, 'postgres'),
    port: await freePort(),
    password: 'test',
  };
  const killed = await startPostgres(options);
  const client = new Client({ connectionString: killed.url });
  client.on('error', () => {});
  await client.connect();
  await client.query('CREATE TABLE kept AS SELECT 1 AS n');
  // Computes for hours, without a look at whether its server is still there.
  const busy = client.query('SELECT count(*) FROM generate_series(1, 1000000000000)');
  const failure = busy.then(
    () => undefined,
    (error: unknown) => error,
  );
  const observer = new Client({ connectionString: killed.url });
  observer.on('error', () => {});
  await observer.connect();
  const isBusy = async () => {
    const { rowCount } = await observer.query(
      "SELECT 1 FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%generate_series(1%' AND pid <> pg_backend_pid()",
    );
    return rowCount === 1;
  };
  await expect.poll(isBusy).toBe(true);
  process.kill(killed.pid, 'SIGKILL');
  expect(await killed.ended).toBe('SIGKILL');

  await using again = await startPostgres(options);
  expect(await failure).toBeInstanceOf(Error);
  const next = new Client({ connectionString: again.url });
  await next.connect();
  expect((await next.query('SELECT n FROM kept')).rows).toEqual([{ n: 1 }]);
  await next.end();
});
