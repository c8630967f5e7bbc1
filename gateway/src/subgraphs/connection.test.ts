import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

import { ClientGoneError, REQUEST_TIMEOUT_HEADER } from '@affluent/service';
import { afterEach, expect, test, vi } from 'vitest';

import { connectSubgraph } from './connection.ts';
import { createInFlight } from './in-flight.ts';

interface AskOptions {
  readonly isAlone?: boolean;
  readonly deadline?: number;
  readonly signal?: AbortSignal;
}

type Answer = (request: IncomingMessage, response: ServerResponse, body: string) => void;

const cleanUp: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(cleanUp.splice(0).map((close) => close()));
});

/** A subgraph that answers each request by `answer`, and the way to it. */
async function connectTo(answer: Answer, timeoutMilliseconds = 5_000) {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      seen.push(body);
      answer(request, response, body);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const connection = connectSubgraph({
    name: 'books',
    url,
    timeoutMilliseconds,
    // The clock stands still: a slow machine sends the queries of a test at the same time too.
    inFlight: createInFlight(() => 0),
  });
  cleanUp.push(async () => {
    server.closeAllConnections();
    server.close();
    await connection[Symbol.asyncDispose]();
  });
  const forget = vi.fn<() => Promise<void>>(async () => {});
  const context = { identity: undefined, requestId: 'test', forget };
  const ask = (
    kind: 'query' | 'mutation',
    query = `${kind} { book }`,
    { isAlone = true, ...rest }: AskOptions = {},
  ) => connection.ask({ query, variables: {}, kind, isAlone }, { ...context, ...rest });
  return { ask, seen, forget };
}

/**
 * The circuit breaker goes by `Date.now()`, which cannot be passed to it. Timers and sockets go on in real time.
 */
const stopTheClock = () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  cleanUp.push(async () => void vi.useRealTimers());
};
const letASecondPass = () => vi.setSystemTime(Date.now() + 1_000);

const ok = (response: ServerResponse, data: object = {}) => response.end(JSON.stringify({ data }));

test('a query that was cut off is sent once more, a mutation is not', async () => {
  let failures = 1;
  const { ask, seen } = await connectTo((request, response) => {
    if (failures-- > 0) request.socket.destroy();
    else ok(response, { book: 1 });
  });
  expect(await ask('query')).toEqual({ data: { book: 1 } });
  expect(seen).toHaveLength(2);
  failures = 1;
  await expect(ask('mutation')).rejects.toMatchObject({
    message: 'The books service does not answer. Try again in a moment.',
    extensions: { code: 'UNAVAILABLE' },
  });
  expect(seen).toHaveLength(3);
  failures = 2;
  await expect(ask('query')).rejects.toMatchObject({ extensions: { code: 'UNAVAILABLE' } });
  expect(seen).toHaveLength(5);
});

test('the same query at the same time is sent once, but not across a change', async () => {
  const held: ServerResponse[] = [];
  let arrived = Promise.withResolvers<void>();
  const { ask, seen } = await connectTo((_request, response, body) => {
    if (body.includes('mutation')) ok(response);
    else {
      held.push(response);
      arrived.resolve();
    }
  });
  const release = () => held.splice(0).forEach((response) => ok(response, { at: seen.length }));
  const both = [ask('query'), ask('query')];
  await arrived.promise;
  release();
  expect(await Promise.all(both)).toEqual([{ data: { at: 1 } }, { data: { at: 1 } }]);

  arrived = Promise.withResolvers();
  const before = ask('query');
  await arrived.promise;
  await ask('mutation');
  arrived = Promise.withResolvers();
  const after = ask('query');
  await arrived.promise;
  release();
  await Promise.all([before, after]);
  expect(seen.filter((body) => body.includes('query {'))).toHaveLength(3);
});

test('the time that is left travels along, and ends the wait', async () => {
  let left = '';
  const { ask } = await connectTo((request, response, body) => {
    left = String(request.headers[REQUEST_TIMEOUT_HEADER]);
    if (!body.includes('slow')) ok(response);
  });
  await ask('query', '{ book }', { deadline: Date.now() + 40_000 });
  // Its own timeout is 5,000.
  expect(Number(left)).toBeGreaterThan(5_000);
  expect(Number(left)).toBeLessThanOrEqual(40_000);
  await expect(ask('query', '{ slow }', { deadline: Date.now() + 300 })).rejects.toMatchObject({
    extensions: { code: 'DEADLINE_EXCEEDED' },
  });
});

test('a subgraph that keeps failing is left alone for a while, then tried again', async () => {
  stopTheClock();
  let isDown = true;
  const { ask, seen } = await connectTo((_request, response) => {
    if (isDown) response.writeHead(503).end('down');
    else ok(response);
  });
  for (let attempt = 0; attempt < 5; attempt++) await ask('mutation').catch(() => {});
  expect(seen).toHaveLength(3);
  await expect(ask('query')).rejects.toMatchObject({ extensions: { code: 'UNAVAILABLE' } });
  expect(seen).toHaveLength(3);
  isDown = false;
  await expect(ask('query')).rejects.toMatchObject({ extensions: { code: 'UNAVAILABLE' } });
  letASecondPass();
  expect(await ask('query')).toEqual({ data: {} });
});

test('a subgraph that hangs has its own time only, is left alone, and is tried by one query that does not wait for it', async () => {
  stopTheClock();
  const held: ServerResponse[] = [];
  let hangs = true;
  const { ask, seen } = await connectTo((_request, response) => {
    if (hangs) held.push(response);
    else ok(response);
  }, 8_000);
  const share = { isAlone: false };
  const queries = ['{ a }', '{ b }', '{ c }'].map((query) => ask('query', query, share));
  const outcomes = await Promise.allSettled(queries);
  expect(outcomes.map((outcome) => outcome.status === 'rejected' && outcome.reason)).toMatchObject(
    Array.from({ length: 3 }, () => ({ extensions: { code: 'DEADLINE_EXCEEDED' } })),
  );
  const sent = seen.length;
  const unavailable = { extensions: { code: 'UNAVAILABLE' } };
  await expect(ask('query', '{ d }', share)).rejects.toMatchObject(unavailable);
  expect(seen).toHaveLength(sent);
  // After a second one query tries again. It is refused before the subgraph has had its time, and so are the others.
  letASecondPass();
  await expect(ask('query', '{ trial }', share)).rejects.toMatchObject(unavailable);
  await expect.poll(() => seen).toHaveLength(sent + 1);
  await expect(ask('query', '{ e }', share)).rejects.toMatchObject(unavailable);
  expect(seen).toHaveLength(sent + 1);
  // The trial gets its answer in the end: the subgraph is asked again.
  hangs = false;
  held.forEach((response) => ok(response));
  await expect.poll(() => ask('query', '{ f }')).toEqual({ data: {} });
});

test('a query that is alone has all the time that is left, as long as the subgraph is alive', async () => {
  let hangs = false;
  let held: ServerResponse | undefined;
  // It answers only after the connection has looked whether it is alive, so after its own time.
  const { ask } = await connectTo((request, response) => {
    if (hangs) return;
    if (request.url === '/healthz') {
      response.end('{}');
      if (held) ok(held);
    } else held = response;
  }, 4_000);
  const tooLong = { extensions: { code: 'DEADLINE_EXCEEDED' } };
  await expect(ask('query', '{ a }', { isAlone: false })).rejects.toMatchObject(tooLong);
  expect(await ask('query', '{ b }')).toEqual({ data: {} });
  hangs = true;
  const deadline = Date.now() + 50_000;
  await expect(ask('query', '{ c }', { deadline })).rejects.toMatchObject(tooLong);
  expect(deadline - Date.now()).toBeGreaterThan(20_000);
});

test('a query is cancelled when every client that waits for it has gone, a mutation never', async () => {
  const held: ServerResponse[] = [];
  const { ask, seen } = await connectTo((_request, response) => held.push(response), 60_000);
  const clients = [new AbortController(), new AbortController(), new AbortController()];
  const [first, second, third] = clients;
  const gone = { extensions: { code: 'CLIENT_GONE' } };
  const shared = clients.map(({ signal }) => ask('query', '{ shared }', { signal }));
  await expect.poll(() => held.length).toBe(1);
  const closed = once(held[0]!, 'close');
  first!.abort(new ClientGoneError());
  second!.abort(new ClientGoneError());
  await expect(shared[0]).rejects.toMatchObject(gone);
  await expect(shared[1]).rejects.toMatchObject(gone);
  ok(held[0]!, { shared: true });
  expect(await shared[2]).toEqual({ data: { shared: true } });
  await closed;

  const [alone] = await Promise.allSettled([
    ask('query', '{ alone }', { signal: third!.signal }),
    (async () => {
      await expect.poll(() => held.length).toBe(2);
      const left = once(held[1]!, 'close');
      third!.abort(new ClientGoneError());
      await left;
    })(),
  ]);
  expect(alone).toMatchObject({ status: 'rejected', reason: gone });
  const sent = seen.length;
  await expect(ask('query', '{ late }', { signal: third!.signal })).rejects.toMatchObject(gone);
  expect(seen).toHaveLength(sent);
  const change = ask('mutation', 'mutation { change }', { signal: third!.signal });
  await expect.poll(() => held.length).toBe(3);
  ok(held[2]!, { change: true });
  expect(await change).toEqual({ data: { change: true } });
});

test('when the subgraph refuses the identity, what is cached for it is dropped', async () => {
  const { ask, forget } = await connectTo((_request, response) => {
    response.writeHead(401);
    ok(response);
  });
  await ask('query');
  expect(forget).toHaveBeenCalledOnce();
});
