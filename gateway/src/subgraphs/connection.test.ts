import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

import { REQUEST_TIMEOUT_HEADER } from '@affluent/service';
import { afterEach, expect, test, vi } from 'vitest';

import { connectSubgraph } from './connection.ts';
import { createInFlight } from './in-flight.ts';

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
    inFlight: createInFlight(),
  });
  cleanUp.push(async () => {
    server.closeAllConnections();
    server.close();
    await connection[Symbol.asyncDispose]();
  });
  const forget = vi.fn<() => Promise<void>>(async () => {});
  const context = { identity: undefined, requestId: 'test', forget };
  const ask = (kind: 'query' | 'mutation', query = `${kind} { book }`, deadline?: number) =>
    connection.ask(
      { query, variables: {}, kind },
      { ...context, ...(deadline !== undefined && { deadline }) },
    );
  return { ask, seen, forget };
}

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
  await ask('query', '{ book }', Date.now() + 4_000);
  expect(Number(left)).toBeGreaterThan(3_000);
  expect(Number(left)).toBeLessThanOrEqual(4_000);
  await expect(ask('query', '{ slow }', Date.now() + 300)).rejects.toMatchObject({
    extensions: { code: 'DEADLINE_EXCEEDED' },
  });
});

test('a subgraph that keeps failing is left alone for a while, then tried again', async () => {
  let isDown = true;
  const { ask, seen } = await connectTo((_request, response) => {
    if (isDown) response.writeHead(503).end('down');
    else ok(response);
  });
  for (let attempt = 0; attempt < 12; attempt++) await ask('mutation').catch(() => {});
  expect(seen).toHaveLength(10);
  await expect(ask('query')).rejects.toMatchObject({ extensions: { code: 'UNAVAILABLE' } });
  expect(seen).toHaveLength(10);
  isDown = false;
  await vi.waitFor(async () => expect(await ask('query')).toEqual({ data: {} }), {
    timeout: 3_000,
  });
});

test('when the subgraph refuses the identity, what is kept of it is forgotten', async () => {
  const { ask, forget } = await connectTo((_request, response) => {
    response.writeHead(401);
    ok(response);
  });
  await ask('query');
  expect(forget).toHaveBeenCalledOnce();
});
