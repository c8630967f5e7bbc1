import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

import type { SmallSubgraph } from '@affluent/federation-cases';
import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';

import type { SubgraphRequest } from '../../graph/subgraph.ts';
import { askOf } from '../../testing/small-graph.ts';
import { startGateway } from '../../testing/start-gateway.ts';
import { context } from '../../testing/two-executors.ts';

const DATASETS: SmallSubgraph = {
  sdl: `
    type Query { dataset: Dataset }
    type Dataset @key(fields: "id") { id: ID! name: String }`,
  resolvers: {
    Query: { dataset: () => ({ id: '1', name: 'Sales' }) },
    Dataset: { __resolveReference: ({ id }: { id: string }) => ({ id, name: 'Sales' }) },
  },
};
const INSIGHTS: SmallSubgraph = {
  sdl: `
    type Dataset @key(fields: "id") {
      id: ID!
      charts: [String!]
      secret: String @requiresScopes(scopes: [["charts:secret"]])
    }`,
  resolvers: {
    Dataset: {
      __resolveReference: ({ id }: { id: string }) => ({ id }),
      charts: () => {
        if (isBroken) throw new Error('Not for clients');
        return ['A', 'B'];
      },
      secret: () => 'secret',
    },
  },
};
const QUERY = '{ dataset { name ... @defer(label: "charts") { charts } } }';
const WHOLE = { data: { dataset: { name: 'Sales', charts: ['A', 'B'] } } };
const IN_PARTS = 'multipart/mixed;deferSpec=20220824,application/json';

/** What insights does before it answers. */
let beforeAnswer: (gone: AbortSignal) => Promise<void>;
let isBroken = false;
beforeEach(() => {
  isBroken = false;
  beforeAnswer = async () => {};
});

async function serve(subgraph: SmallSubgraph, before: (gone: AbortSignal) => Promise<void>) {
  const ask = askOf(subgraph);
  const answer = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const gone = new AbortController();
    res.once('close', () => gone.abort());
    const request = (await json(req)) as SubgraphRequest;
    await before(gone.signal);
    res.setHeader('content-type', 'application/json');
    res.end(JSON.stringify(await ask(request, context)));
  };
  const server = createServer((req, res) => {
    if (req.url === '/graphql') void answer(req, res);
    else res.end();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

let authorization: string;
let url: string;
const stack = new AsyncDisposableStack();
beforeAll(async () => {
  const datasets = stack.use(await serve(DATASETS, async () => {}));
  const insights = stack.use(await serve(INSIGHTS, (gone) => beforeAnswer(gone)));
  const gateway = stack.use(
    await startGateway({
      sdls: { datasets: DATASETS.sdl, insights: INSIGHTS.sdl },
      env: { DATASETS_URL: datasets.url, INSIGHTS_URL: insights.url },
    }),
  );
  ({ url } = gateway);
  authorization = `Bearer ${await gateway.tokenFor('ada')}`;
});
afterAll(() => stack.disposeAsync());

const post = (
  query: string,
  { accept = IN_PARTS, signal }: { accept?: string; signal?: AbortSignal } = {},
) =>
  fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept, authorization },
    body: JSON.stringify({ query }),
    ...(signal && { signal }),
  });

/** The parts of a body as they come. */
async function* partsOf({ body }: Response): AsyncGenerator<unknown, void> {
  let text = '';
  for await (const chunk of body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk;
    const parts = text.split('\r\n---');
    text = parts.pop() ?? '';
    for (const part of parts) {
      const [, content] = part.split('\r\n\r\n');
      if (content) yield JSON.parse(content);
    }
  }
  expect(text).toBe('--\r\n');
}

async function allOf(items: AsyncIterable<unknown>): Promise<readonly unknown[]> {
  const all = [];
  for await (const item of items) all.push(item);
  return all;
}

test('parts come over HTTP as Apollo Router sends them, the first before the slow subgraph answers', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  beforeAnswer = () => promise;
  const response = await post(QUERY);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe(
    'multipart/mixed; boundary="-"; deferSpec=20220824',
  );
  expect(response.headers.get('cache-control')).toBe('no-store');
  const parts = partsOf(response);
  expect((await parts.next()).value).toEqual({
    data: { dataset: { name: 'Sales' } },
    hasNext: true,
  });
  resolve();
  expect((await parts.next()).value).toEqual({
    incremental: [{ data: { charts: ['A', 'B'] }, path: ['dataset'], label: 'charts' }],
    hasNext: false,
  });
  expect((await parts.next()).done).toBe(true);
});

test.each(['application/json', '*/*', 'multipart/mixed;deferSpec=2099,application/json'])(
  'the whole answer comes at once to a client that accepts %s',
  async (accept) => {
    const response = await post(QUERY, { accept });
    expect(response.headers.get('content-type')).toContain('application/json');
    expect(await response.json()).toEqual(WHOLE);
  },
);

test('the whole answer comes in one event and in one message', async () => {
  const events = await (await post(QUERY, { accept: 'text/event-stream' })).text();
  expect(events).toContain(`data: ${JSON.stringify(WHOLE)}\n`);
  const client = createClient({
    url: `${url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { authorization },
  });
  const messages = await allOf(client.iterate({ query: QUERY }));
  expect(messages).toEqual([WHOLE]);
  await client.dispose();
});

test('what the caller may not have is refused inside a deferred part too, all at once', async () => {
  const response = await post('{ dataset { name ... @defer { charts secret } } }');
  expect(response.headers.get('content-type')).toContain('application/json');
  expect(await response.json()).toMatchObject({
    data: { dataset: { name: 'Sales', charts: ['A', 'B'], secret: null } },
    errors: [{ path: ['dataset', 'secret'], extensions: { code: 'UNAUTHORIZED_FIELD_OR_TYPE' } }],
  });
});

test('errors of a part are formatted as those of a whole answer', async () => {
  isBroken = true;
  const response = await post('{ dataset { name ... @defer { charts } } }');
  expect(await allOf(partsOf(response))).toEqual([
    { data: { dataset: { name: 'Sales' } }, hasNext: true },
    {
      incremental: [
        {
          data: { charts: null },
          path: ['dataset'],
          errors: [
            {
              message: 'Internal error',
              path: ['dataset', 'charts'],
              extensions: { code: 'INTERNAL_SERVER_ERROR', serviceName: 'insights' },
            },
          ],
        },
      ],
      hasNext: false,
    },
  ]);
});

test('a client that leaves between the parts ends the work for them', async () => {
  const left = Promise.withResolvers<boolean>();
  beforeAnswer = (gone) =>
    new Promise(() => {
      gone.addEventListener('abort', () => left.resolve(gone.aborted));
    });
  const leaving = new AbortController();
  const parts = partsOf(await post(QUERY, { signal: leaving.signal }));
  await parts.next();
  leaving.abort();
  expect(await left.promise).toBe(true);
});
