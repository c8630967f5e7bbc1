import type { Client } from '@affluent/client';
import { signIn, signUp } from '@affluent/client/testing';
import { processTree, type Sandbox } from '@affluent/sandbox';
import { startSandbox } from '@affluent/sandbox/testing';
import { ApolloClient, gql, HttpLink, InMemoryCache } from '@apollo/client/core';
import { createClient } from 'graphql-sse';
import { afterAll, beforeAll, expect, test } from 'vitest';

const account = {
  email: 'karen@affluent.example',
  displayName: 'Karen',
  password: 'a statistical interpretation',
};
const APPENDED = `subscription Appended($id: ID!) {
  dataPointsAppended(datasetId: $id) { count cursor dataPoints { values } dataset { charts { title } } }
}`;

interface Event {
  readonly data?: {
    readonly dataPointsAppended: { readonly dataPoints: { values: { n: number } }[] };
  };
}

let sandbox: Sandbox;
let client: Client;
let id: string;
beforeAll(async () => {
  sandbox = await startSandbox({ env: { MAX_SUBSCRIPTIONS_PER_CONNECTION: '3' } });
  client = await signUp({ origin: sandbox.origin, ...account });
  const { viewer } = await client.query<{
    viewer: { memberships: { workspace: { id: string } }[] };
  }>('{ viewer { memberships { workspace { id } } } }');
  const { importDataset } = await client.upload<{
    importDataset: { import: { id: string; dataset: { id: string } } };
  }>(
    `mutation ($input: ImportDatasetInput!, $file: Upload!) {
      importDataset(input: $input, file: $file) { import { id dataset { id } } } }`,
    { input: { workspaceId: viewer.memberships[0]!.workspace.id, name: 'Live' } },
    { name: 'live.csv', bytes: Buffer.from('n\n0\n') },
  );
  const progress = 'subscription ($id: ID!) { importProgressed(importId: $id) { status } }';
  for await (const _ of client.subscribe(progress, { id: importDataset.import.id }));
  ({ id } = importDataset.import.dataset);
});
afterAll(async () => {
  await client?.[Symbol.asyncDispose]();
  await sandbox?.[Symbol.asyncDispose]();
});

const append = (n: number) =>
  client.query(
    `mutation ($input: AppendDataPointsInput!) { appendDataPoints(input: $input) { appended } }`,
    {
      input: { datasetId: id, points: [{ n }], idempotencyKey: `n${n}` },
    },
  );

const bearer = async () => ({ authorization: `Bearer ${await client.accessToken()}` });

/** The events as the client of graphql-sse reads them. */
const overEvents = (query: string, variables: Record<string, unknown>): AsyncIterable<unknown> =>
  createClient({ url: `${sandbox.origin}/graphql`, headers: bearer, retryAttempts: 0 }).iterate({
    query,
    variables,
  });

/** The events as Apollo Client reads them. */
async function* inParts(
  query: string,
  variables: Record<string, unknown>,
): AsyncGenerator<unknown, void> {
  const apollo = new ApolloClient({
    link: new HttpLink({ uri: `${sandbox.origin}/graphql`, headers: await bearer() }),
    cache: new InMemoryCache(),
  });
  const events = new ReadableStream<ApolloClient.SubscribeResult>({
    start(controller) {
      apollo
        .subscribe({ query: gql(query), variables, errorPolicy: 'all', fetchPolicy: 'no-cache' })
        .subscribe({
          next: (event) => controller.enqueue(event),
          error: (error) => controller.error(error),
          complete: () => controller.close(),
        });
    },
  });
  for await (const { data, error } of events) yield { data, error };
}

/** Sends a subscription over plain HTTP. */
async function post(accept: string, query = APPENDED): Promise<Response> {
  return fetch(`${sandbox.origin}/graphql`, {
    method: 'POST',
    headers: {
      accept,
      'content-type': 'application/json',
      ...(await bearer()),
    },
    body: JSON.stringify({ query, variables: { id } }),
  });
}

const SSE = 'text/event-stream';
const MULTIPART = 'multipart/mixed;subscriptionSpec=1.0, application/json';

async function allOf(events: AsyncIterable<unknown>): Promise<readonly unknown[]> {
  const all = [];
  for await (const event of events) all.push(event);
  return all;
}

/** The numbers of the points in a stream's events, as they come. */
function collect(events: AsyncIterable<unknown>): readonly number[] {
  const numbers: number[] = [];
  void (async () => {
    for await (const event of events) {
      const data = (event as Event).data ?? (event as Event['data']);
      // The last event of a stopping server is an error.
      if (!data?.dataPointsAppended) return;
      numbers.push(...data.dataPointsAppended.dataPoints.map(({ values }) => values.n));
    }
  })();
  return numbers;
}

let n = 0;

/** Clients do not know when a subscription has begun: appends points until every stream has one. */
async function appendUntilSeen(streams: readonly (readonly number[])[]): Promise<void> {
  const appendAndCount = async (): Promise<number> => {
    await append(n + 1);
    n++;
    return streams.filter((numbers) => numbers.length > 0).length;
  };
  await expect.poll(appendAndCount).toBe(streams.length);
}

test('the same events come by WebSocket, as server-sent events and as multipart', async () => {
  const streams = [
    client.subscribe(APPENDED, { id }),
    overEvents(APPENDED, { id }),
    inParts(APPENDED, { id }),
  ];
  const seen = streams.map(collect);
  await appendUntilSeen(seen);
  for (let more = 0; more < 3; more++) await append(++n);
  for (const numbers of seen) await expect.poll(() => numbers.at(-1)).toBe(n);
  for (const numbers of seen) expect(numbers.slice(-3)).toEqual([n - 2, n - 1, n]);
});

test('a subgraph that is killed under load leaves no gap in the streams, and no event comes twice', async () => {
  const streams = [client.subscribe(APPENDED, { id }), overEvents(APPENDED, { id })];
  const seen = streams.map(collect);
  await appendUntilSeen(seen);
  const killAt = n + 15;
  const last = n + 40;
  while (n < last) {
    n++;
    if (n === killAt) {
      const datasets = processTree(sandbox.pid).find(({ name }) => name === 'datasets');
      process.kill(datasets!.pid, 'SIGKILL');
    }
    // The same idempotency key each time: an append that was done before the kill is not repeated.
    await expect
      .poll(
        () =>
          append(n).then(
            () => true,
            () => false,
          ),
        { timeout: 60_000 },
      )
      .toBe(true);
  }
  for (const numbers of seen) {
    await expect.poll(() => numbers.at(-1)).toBe(last);
    const [first = 0] = numbers;
    expect(numbers).toEqual(Array.from({ length: last - first + 1 }, (_, at) => first + at));
  }
});

test('a request without a media type for events, or with an invalid document, is refused', async () => {
  const refused = await post('application/json');
  expect(refused.status).toBe(406);
  expect(await refused.text()).toContain('text/event-stream');
  const unknown = await post(MULTIPART, 'subscription { nothing }');
  expect([unknown.status, await unknown.json()]).toMatchObject([
    400,
    { errors: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }] },
  ]);
  const odd = await fetch(`${sandbox.origin}/graphql`, {
    method: 'POST',
    headers: {
      accept: SSE,
      'content-type': 'application/json',
      ...(await bearer()),
    },
    body: JSON.stringify({ query: APPENDED, variables: [id] }),
  });
  expect([odd.status, await odd.text()]).toEqual([
    400,
    '{"errors":[{"message":"\\"variables\\" must be an object.","extensions":{"code":"BAD_REQUEST"}}]}',
  ]);
  const anonymous = await fetch(`${sandbox.origin}/graphql`, {
    method: 'POST',
    headers: { accept: SSE, 'content-type': 'application/json' },
    body: JSON.stringify({ query: APPENDED, variables: { id } }),
  });
  expect(anonymous.status).toBe(401);
});

test('a subscription that is refused or invalid ends with the reason', async () => {
  const hidden = { id: crypto.randomUUID() };
  const notFound = [{ extensions: { code: 'NOT_FOUND' } }];
  expect(await allOf(overEvents(APPENDED, hidden))).toMatchObject([{ errors: notFound }]);
  expect(await allOf(inParts(APPENDED, hidden))).toMatchObject([{ error: { errors: notFound } }]);
  const unknown = overEvents('subscription { nothing }', {});
  expect(await allOf(unknown)).toMatchObject([
    { errors: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }] },
  ]);
});

test('queries are answered as server-sent events too', async () => {
  expect(await allOf(overEvents('{ viewer { displayName } }', {}))).toEqual([
    { data: { viewer: { displayName: 'Karen' } } },
  ]);
});

test('a WebSocket has a limited number of open operations', async () => {
  await using other = await signIn({ origin: sandbox.origin, ...account });
  const open = Array.from({ length: 3 }, () => other.subscribe(APPENDED, { id }));
  const seen = open.map(collect);
  await appendUntilSeen(seen);
  await expect(other.subscribe(APPENDED, { id }).next()).rejects.toMatchObject([
    { extensions: { code: 'TOO_MANY_SUBSCRIPTIONS' } },
  ]);
});
