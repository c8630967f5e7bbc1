import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createBrowser, signIn, signUp } from '@affluent/client/testing';
import { isAlive, processTree } from '@affluent/sandbox';
import { startSandbox } from '@affluent/sandbox/testing';
import { afterAll, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'affluent-lifecycle-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const account = {
  email: 'ada@affluent.example',
  password: 'difference-engine-1833',
  displayName: 'Ada',
};
const VIEWER = '{ viewer { displayName } }';

test('a second start keeps data and logs, and SIGTERM leaves no process behind', async () => {
  const dataDir = join(folder, 'kept');
  const browser = createBrowser();
  let port: number;
  {
    const first = await startSandbox({ dataDir, env: { SKIP_BUILD: 'false' } });
    port = Number(new URL(first.origin).port);
    await using client = await signUp({ origin: first.origin, ...account });
    expect(await client.query(VIEWER)).toEqual({ viewer: { displayName: 'Ada' } });
    const processes = processTree(first.pid);
    const names = new Set(processes.map(({ name }) => name));
    expect([...names]).toEqual(
      expect.arrayContaining(['gateway', 'users', 'datasets', 'insights', 'postgres']),
    );
    await browser.visit((await browser.visit(`${first.origin}/session/sign-in`)).url, account);
    await first.stop();
    expect(processes.filter(({ pid }) => isAlive(pid))).toEqual([]);
  }
  await using second = await startSandbox({ dataDir, port });
  // The gateway's access token ended with its process: the session's refresh token gives a new one.
  const answer = await fetch(`${second.origin}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      cookie: await browser.cookiesFor(second.origin),
    },
    body: JSON.stringify({ query: VIEWER }),
  });
  expect(await answer.json()).toEqual({ data: { viewer: { displayName: 'Ada' } } });
  await using client = await signIn({ origin: second.origin, ...account });
  expect(await client.query(VIEWER)).toEqual({ viewer: { displayName: 'Ada' } });
  const logs = join(dataDir, 'logs');
  const permissions = (path: string): number => statSync(path).mode & 0o777;
  expect(permissions(logs)).toBe(0o700);
  for (const file of readdirSync(logs)) expect(permissions(join(logs, file))).toBe(0o600);
  expect(readFileSync(join(logs, 'users.log'), 'utf8').match(/"msg":"ready"/g)).toHaveLength(2);
});

test('a service that dies is named and started again, more than once', async () => {
  await using sandbox = await startSandbox();
  const datasets = () => processTree(sandbox.pid).find(({ name }) => name === 'datasets')?.pid;
  const isReady = async () => (await fetch(`${sandbox.datasetsUrl}/readyz`)).ok;
  for (let deaths = 1; deaths <= 2; deaths++) {
    await expect.poll(datasets).toBeDefined();
    process.kill(datasets()!, 'SIGKILL');
    await expect
      .poll(() => sandbox.output().split('The datasets service ended (SIGKILL).').length - 1)
      .toBe(deaths);
    await expect.poll(isReady, { timeout: 60_000 }).toBe(true);
  }
  const processes = processTree(sandbox.pid);
  await sandbox.stop();
  expect(processes.filter(({ pid }) => isAlive(pid))).toEqual([]);
});

test('after kill -9 the services end by themselves, and the next start takes PostgreSQL over', async () => {
  const dataDir = join(folder, 'killed');
  const killed = await startSandbox({ dataDir });
  const processes = processTree(killed.pid);
  for (const { name, pid } of processes) if (name === 'launcher') process.kill(pid, 'SIGKILL');
  await killed.ended;
  const services = processes.filter(({ name }) =>
    ['gateway', 'users', 'datasets', 'insights'].includes(name),
  );
  await expect.poll(() => services.filter(({ pid }) => isAlive(pid))).toEqual([]);
  await using next = await startSandbox({ dataDir });
  expect((await fetch(`${next.origin}/readyz`)).status).toBe(200);
});

test('a port in use, an unusable data folder and a bad setting end the start and say what to change', async () => {
  const busy = createServer();
  await new Promise<void>((resolve) => {
    busy.listen(0, '127.0.0.1', resolve);
  });
  const address = busy.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  await expect(startSandbox({ env: { DATASETS_PORT: String(port) } })).rejects.toThrow(
    'Set DATASETS_PORT to a free port',
  );
  await expect(startSandbox({ env: { POSTGRES_PORT: String(port) } })).rejects.toThrow(
    'Set POSTGRES_PORT to a free port',
  );
  busy.close();
  writeFileSync(join(folder, 'file'), '');
  await expect(startSandbox({ env: { DATA_DIR: join(folder, 'file', 'data') } })).rejects.toThrow(
    'Set DATA_DIR',
  );
  await expect(startSandbox({ env: { LOG_LEVEL: 'loud' } })).rejects.toThrow('LOG_LEVEL');
  await expect(startSandbox({ env: { SIGNING_KEY_DAYS: 'many' } })).rejects.toThrow(
    /SIGNING_KEY_DAYS[^]*The users service ended at its start \(exit code 1\)\. Its log: /,
  );
});
