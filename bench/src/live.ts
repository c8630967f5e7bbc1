import { setTimeout } from 'node:timers/promises';

import type { Client } from '@affluent/client';
import { signUp } from '@affluent/client/testing';
import { processTree, startSandbox } from '@affluent/sandbox';
import { createClient, type Client as SocketClient } from 'graphql-ws';

import { type Figures, megabytes, rounded } from './report.ts';

const DATASETS = 100;
const SUBSCRIBERS_PER_DATASET = 10;
const APPENDS_PER_SECOND = 100;
const SECONDS = 20;
/** Until the processes have compiled what they run. */
const WARM_UP_SECONDS = 10;
/** How long the last events may take before they count as lost. */
const PATIENCE_MILLISECONDS = 10_000;
const AT_ONCE = 20;

const IMPORT = `mutation ($input: ImportDatasetInput!, $file: Upload!) {
  importDataset(input: $input, file: $file) { import { id dataset { id } } }
}`;
const PROGRESS = 'subscription ($id: ID!) { importProgressed(importId: $id) { status } }';
const APPEND = `mutation ($input: AppendDataPointsInput!) {
  appendDataPoints(input: $input) { appended }
}`;
const FOLLOW = `subscription ($id: ID!) {
  dataPointsAppended(datasetId: $id) { cursor appendedAt dataPoints { values } }
}`;

interface Appended {
  readonly dataPointsAppended: {
    readonly appendedAt: string;
    readonly dataPoints: readonly { readonly values: { readonly append: number } }[];
  };
}

/** What one subscriber has received: the number of each append, in order. */
interface Subscriber {
  readonly datasetIndex: number;
  readonly received: number[];
}

/**
 * 1,000 subscribers, each with a WebSocket of its own, on 100 datasets, while 100 appends a second come in through the
 * gateway: events a second, milliseconds from the commit to the subscriber (from the beginning of the transaction, which
 * is a little before), what was lost or came twice, and the gateway's memory.
 */
export async function live(): Promise<Figures> {
  await using sandbox = await startSandbox({
    env: { COST_PER_MINUTE: '1000000000', MAX_SUBSCRIPTIONS_PER_USER: '2000' },
  });
  const account = { email: 'bench@affluent.example', displayName: 'Bench' };
  const { origin } = sandbox;
  await using client = await signUp({ origin, ...account, password: crypto.randomUUID() });
  const datasets = await inTurns(
    Array.from({ length: DATASETS }, (_, index) => index),
    (index) => createDataset(client, index),
  );

  const latencies: number[] = [];
  await using cleanUp = new AsyncDisposableStack();
  const subscribers = await inTurns(
    Array.from({ length: DATASETS * SUBSCRIBERS_PER_DATASET }, (_, index) => index % DATASETS),
    async (datasetIndex) => {
      const socket = createClient({
        url: `${origin.replace('http', 'ws')}/graphql`,
        connectionParams: async () => ({ authorization: `Bearer ${await client.accessToken()}` }),
        lazy: false,
        retryAttempts: 0,
      });
      cleanUp.defer(async () => socket.dispose());
      const subscriber: Subscriber = { datasetIndex, received: [] };
      await follow(socket, datasets[datasetIndex] ?? '', subscriber, latencies);
      return subscriber;
    },
  );
  // A client cannot see when the subgraph has begun its subscription.
  await setTimeout(2_000);

  const run = await appendFor(client, datasets, subscribers, 0, WARM_UP_SECONDS);
  for (const { received } of subscribers) received.length = 0;
  latencies.length = 0;
  const { seconds, expected, received } = await appendFor(
    client,
    datasets,
    subscribers,
    run.next,
    SECONDS,
  );

  const distinct = subscribers.reduce(
    (sum, subscriber) => sum + new Set(subscriber.received).size,
    0,
  );
  const isInOrder = subscribers.every(({ received: numbers }) =>
    numbers.every((number, at) => at === 0 || number > (numbers[at - 1] ?? 0)),
  );
  const sorted = latencies.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor(sorted.length * share)] ?? 0;
  const gateway = processTree(sandbox.pid).find(({ name }) => name === 'gateway');
  return {
    subscribers: subscribers.length,
    appends_per_s: rounded((APPENDS_PER_SECOND * SECONDS) / seconds, 1),
    events_per_s: rounded(received / seconds, 0),
    p50_ms: at(0.5),
    p99_ms: at(0.99),
    max_ms: sorted.at(-1) ?? 0,
    lost: expected - distinct,
    twice: received - distinct,
    out_of_order: isInOrder ? 0 : 1,
    rss_mb: megabytes(gateway?.rss ?? 0),
    peak_rss_mb: megabytes(gateway?.peakRss ?? 0),
  };
}

/** Appends at the rate, dataset by dataset, and waits until every subscriber has heard of it. */
async function appendFor(
  client: Client,
  datasets: readonly string[],
  subscribers: readonly Subscriber[],
  first: number,
  duration: number,
) {
  const sent = Array.from({ length: DATASETS }, () => 0);
  const appends: Promise<unknown>[] = [];
  const next = first + APPENDS_PER_SECOND * duration;
  const begin = performance.now();
  for (let number = first; number < next; number++) {
    const due = begin + ((number - first) * 1000) / APPENDS_PER_SECOND;
    await setTimeout(Math.max(0, due - performance.now()));
    const index = number % DATASETS;
    sent[index] = (sent[index] ?? 0) + 1;
    const input = {
      datasetId: datasets[index],
      points: [{ time: new Date().toISOString(), value: Math.sin(number), append: number }],
    };
    appends.push(client.query(APPEND, { input }));
  }
  await Promise.all(appends);
  const seconds = (performance.now() - begin) / 1000;
  const total = (count: (subscriber: Subscriber) => number) =>
    subscribers.reduce((sum, subscriber) => sum + count(subscriber), 0);
  const expected = total(({ datasetIndex }) => sent[datasetIndex] ?? 0);
  const received = () => total((subscriber) => subscriber.received.length);
  const deadline = performance.now() + PATIENCE_MILLISECONDS;
  while (received() < expected && performance.now() < deadline) await setTimeout(50);
  return { seconds, expected, received: received(), next };
}

async function createDataset(client: Client, index: number): Promise<string> {
  const { viewer } = await client.query<{
    viewer: { memberships: { workspace: { id: string } }[] };
  }>('{ viewer { memberships { workspace { id } } } }');
  const { importDataset } = await client.upload<{
    importDataset: { import: { id: string; dataset: { id: string } } };
  }>(
    IMPORT,
    { input: { workspaceId: viewer.memberships[0]?.workspace.id, name: `Live ${index}` } },
    { name: 'live.csv', bytes: Buffer.from('time,value,append\n2026-01-01T00:00:00Z,0.5,-1\n') },
  );
  for await (const _ of client.subscribe(PROGRESS, { id: importDataset.import.id }));
  return importDataset.import.dataset.id;
}

/** Settles when the subscription is on its way; its events go to the subscriber. */
async function follow(
  socket: SocketClient,
  id: string,
  { received }: Subscriber,
  latencies: number[],
): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    socket.on('connected', () => resolve());
    socket.on('closed', (event) => reject(new Error(`The WebSocket closed: ${String(event)}`)));
    socket.subscribe<Appended>(
      { query: FOLLOW, variables: { id } },
      {
        next({ data, errors }) {
          if (!data || errors) throw new Error(JSON.stringify(errors));
          const { appendedAt, dataPoints } = data.dataPointsAppended;
          latencies.push(Date.now() - Date.parse(appendedAt));
          received.push(...dataPoints.map(({ values }) => values.append));
        },
        error: reject,
        complete() {},
      },
    );
  });
}

/** Does this for each, some at once. */
async function inTurns<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let at = 0; at < items.length; at += AT_ONCE)
    results.push(...(await Promise.all(items.slice(at, at + AT_ONCE).map(work))));
  return results;
}
