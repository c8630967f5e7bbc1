import { createClient } from 'graphql-ws';
import type { Client as DatabaseClient } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { openScene, type Scene } from './scene.ts';

let scene: Scene;
/** Holds a lock on the rows of the dataset, so that their readers wait. */
let holder: DatabaseClient;
let observer: DatabaseClient;

beforeAll(async () => {
  // The deadline of a request is far away: only the cancellation can end its statements.
  const env = { REQUEST_TIMEOUT_MILLISECONDS: '240000' };
  scene = await openScene('time,load\n2026-01-01T00:00:00Z,1\n2026-01-02T00:00:00Z,2\n', env);
  holder = await scene.database('datasets');
  observer = await scene.database('datasets');
});
afterAll(async () => {
  await holder?.end();
  await observer?.end();
  await scene?.[Symbol.asyncDispose]();
});

/** How many statements wait for the lock. */
async function waitingStatements(): Promise<number> {
  const { rows } = await observer.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM pg_stat_activity
     WHERE datname = current_database() AND state = 'active' AND wait_event_type = 'Lock'`,
  );
  return rows[0]?.count ?? 0;
}

const series = (maxPoints: number) =>
  `{ dataset(id: "${scene.datasetId}") { series(input: { x: "time", y: "load", maxPoints: ${maxPoints} }) { points { y } } } }`;

/** Sends the requests, disconnects the clients once their statements run, and waits until no statement is left. */
async function leave(ask: (signal: AbortSignal) => readonly Promise<unknown>[]): Promise<void> {
  const { rows } = await observer.query<{ name: string }>(
    `SELECT format('data.%I', relname) AS name FROM pg_class WHERE relnamespace = 'data'::regnamespace AND relkind = 'r'`,
  );
  await holder.query(
    `BEGIN; LOCK TABLE ${rows.map(({ name }) => name).join()} IN ACCESS EXCLUSIVE MODE`,
  );
  const clients = new AbortController();
  const answers = Promise.allSettled(ask(clients.signal));
  await expect.poll(waitingStatements).toBeGreaterThan(0);
  clients.abort();
  await expect.poll(waitingStatements).toBe(0);
  await answers;
  await holder.query('ROLLBACK');
}

test('twelve requests whose clients leave end in PostgreSQL, and the next one is not held up', async () => {
  await leave((signal) =>
    // Two of each, which go to the subgraph as one.
    Array.from({ length: 12 }, (_, index) => scene.ask(series(100 + (index >> 1)), signal)),
  );
  expect(await scene.ask(series(100))).toMatchObject({
    data: { dataset: { series: { points: [{ y: 1 }, { y: 2 }] } } },
  });
});

test('a query over WebSocket ends with its complete message and with its socket', async () => {
  const token = await scene.client.accessToken();
  for (const way of ['complete', 'close']) {
    const socket = createClient({
      url: `${scene.sandbox.origin.replace('http', 'ws')}/graphql`,
      connectionParams: { authorization: `Bearer ${token}` },
      lazyCloseTimeout: 60_000,
      retryAttempts: 0,
    });
    await leave((signal) => {
      const results = socket.iterate({ query: series(100) });
      signal.addEventListener('abort', () => {
        if (way === 'complete') void results.return?.();
        else socket.terminate();
      });
      return [results.next()];
    });
    await socket.dispose();
  }
  expect(await scene.ask(series(100))).toMatchObject({
    data: { dataset: { series: { points: [{ y: 1 }, { y: 2 }] } } },
  });
});
