import { GraphError } from '@affluent/client';
import { processTree } from '@affluent/sandbox';
import { startSandbox } from '@affluent/sandbox/testing';
import { expect, test, vi } from 'vitest';

import { importEnd, liveDataset } from './live-dataset.ts';

const APPENDED = `subscription ($id: ID!) {
  dataPointsAppended(datasetId: $id) { dataPoints { values } } }`;
const QUERY = `query ($id: ID!) { viewer { memberships { role workspace { name } } }
  dataset(id: $id) { name rowCount charts { title } } }`;
/** The first number of each worker; a worker waits for each append to be acknowledged. */
const WORKERS = [1_000_000, 2_000_000, 3_000_000];
const ENOUGH = 20;

interface Event {
  readonly dataPointsAppended: { readonly dataPoints: readonly { values: { n: number } }[] };
}

test(
  'kill -9 of PostgreSQL under load: only UNAVAILABLE until it serves again, and no event is lost',
  {
    timeout: 600_000,
  },
  async () => {
    await using sandbox = await startSandbox({ env: { COST_PER_MINUTE: '100000000' } });
    const { client, datasetId, importNumbers, append } = await liveDataset(sandbox.origin);
    await using _client = client;

    const seen: number[] = [];
    const watching = (async () => {
      for await (const { dataPointsAppended } of client.subscribe<Event>(APPENDED, {
        id: datasetId,
      }))
        seen.push(...dataPointsAppended.dataPoints.map(({ values }) => values.n));
    })();
    let n = 0;
    const appendAndCount = async (): Promise<number> => {
      await append(++n);
      return seen.length;
    };
    await expect.poll(appendAndCount).toBeGreaterThan(0);

    const stop = new AbortController();
    const failures: { readonly code: string; readonly at: number }[] = [];
    /** How often each worker has succeeded since the last failure of any. */
    const successes = new Map<number, number>();
    const repeat = async (worker: number, work: () => Promise<unknown>): Promise<void> => {
      try {
        await work();
        successes.set(worker, (successes.get(worker) ?? 0) + 1);
      } catch (error) {
        failures.push({
          code: error instanceof GraphError ? error.code : String(error),
          at: performance.now(),
        });
        successes.clear();
      }
    };
    const acknowledged = new Map<number, number>();
    const appending = WORKERS.map(async (first) => {
      while (!stop.signal.aborted) {
        const next = first + (acknowledged.get(first) ?? 0);
        // After a failure the same number again, by its idempotency key, until it is acknowledged.
        await repeat(first, async () => {
          await append(next);
          acknowledged.set(first, next - first + 1);
        });
      }
    });
    const reading = [1, 2].map(async (worker) => {
      while (!stop.signal.aborted)
        await repeat(worker, () => client.query(QUERY, { id: datasetId }));
    });
    const allSucceed = () =>
      [...WORKERS, 1, 2].every((worker) => (successes.get(worker) ?? 0) >= ENOUGH);
    await vi.waitUntil(allSucceed, { timeout: 150_000 });

    const { id: importId } = await importNumbers(500_000);
    for (let kill = 0; kill < 2; kill++) {
      const before = failures.length;
      const killedAt = performance.now();
      process.kill(await postmaster(sandbox.pid), 'SIGKILL');
      await vi.waitUntil(() => failures.length > before, { timeout: 30_000 });
      await vi.waitFor(() => expect(allSucceed() || failures.slice(before)).toBe(true), {
        timeout: 150_000,
      });
      const away = Math.round((failures.at(-1)?.at ?? 0) - killedAt);
      console.log(`Serving again ${away} ms after kill ${kill + 1}`);
    }
    stop.abort();
    await Promise.all([...appending, ...reading]);

    expect(new Set(failures.map(({ code }) => code))).toEqual(new Set(['UNAVAILABLE']));
    // The last event: every earlier one has arrived before it.
    await append(++n);
    await expect.poll(() => seen.at(-1), { timeout: 60_000 }).toBe(n);
    for (const first of WORKERS) {
      const own = seen.filter((number) => number >= first && number < first + 1_000_000);
      const count = acknowledged.get(first) ?? 0;
      expect(own).toEqual(Array.from({ length: count }, (_, index) => first + index));
    }
    expect(await importEnd(client, importId)).toBe('SUCCEEDED');
    expect(sandbox.output()).toContain('PostgreSQL ended (SIGKILL). It is started again now.');
    expect(sandbox.output()).not.toMatch(/The \w+ service ended/);
    void watching;
  },
);

/** The process of the server, the only one that is a child of the launcher. */
const postmaster = (root: number): Promise<number> =>
  vi.waitUntil(
    () => {
      const processes = processTree(root);
      const launcher = processes.find(({ name }) => name === 'launcher')?.pid;
      return processes.find(({ name, parent }) => name === 'postgres' && parent === launcher)?.pid;
    },
    { timeout: 30_000 },
  );
