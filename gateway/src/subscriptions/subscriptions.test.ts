import { EventEmitter, on } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { compose } from '@affluent/federation-cases';
import { type Identity, inSubscriptionSpan, START_CURSOR } from '@affluent/service';
import { buildSchema, type ExecutionResult, GraphQLError, parse, subscribe } from 'graphql';
import type { SubscribePayload } from 'graphql-ws';
import { useServer } from 'graphql-ws/use/ws';
import { afterEach, expect, test } from 'vitest';
import { WebSocketServer } from 'ws';

import { createGraph } from '../graph/graph.ts';
import { createSubscriptions } from './subscriptions.ts';

const SDL = `
  type Query { now: Int }
  type Subscription { ticks(after: String): Tick! load: Int! }
  type Tick { cursor: String! n: Int! }`;
const { supergraphSdl = '' } = compose({ clock: SDL });
const span = await inSubscriptionSpan({ document: parse('{ now }') }, async (made) => made);
const cleanUp: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of cleanUp.splice(0)) await close();
});

/** A subgraph whose ticks are numbered, and the subscriptions of a gateway before it. */
async function startClock({ maxPerUser = 100, patienceMilliseconds = 5_000 } = {}) {
  const ticks: number[] = [];
  const ticked = new EventEmitter().setMaxListeners(0);
  const starts: { readonly field: string; readonly after: string | null | undefined }[] = [];
  let load = 1;
  let startCursorsRead = 0;
  let refuses: GraphQLError | undefined;
  let unreadable = 0;
  const read = (n: number | undefined) => (): number | undefined => {
    if (unreadable-- <= 0) return n;
    throw new GraphQLError('No database', { extensions: { code: 'UNAVAILABLE' } });
  };
  const server = createServer();
  const sockets = new WebSocketServer({ server, path: '/graphql' });
  const protocol = useServer(
    {
      schema: buildSchema(SDL),
      // As `@affluent/subgraph` does: a client that asks for the start cursor gets it first.
      subscribe: async (args) => {
        const begin = String(ticks.length);
        const result = (await subscribe(args)) as AsyncGenerator<ExecutionResult>;
        const { extensions } = args.contextValue as SubscribePayload;
        if (extensions?.[START_CURSOR] !== true) return result;
        return (async function* withStartCursor() {
          yield { extensions: { [START_CURSOR]: begin } };
          startCursorsRead++;
          yield* result;
        })();
      },
      context: (_context, _id, payload) => payload,
      roots: {
        subscription: {
          async *ticks({ after }: { after?: string | null }) {
            if (refuses) throw refuses;
            starts.push({ field: 'ticks', after });
            let seen = after == null ? ticks.length : Number(after);
            const changes = on(ticked, 'tick');
            for (;;) {
              for (; seen < ticks.length; seen++)
                yield { ticks: { cursor: String(seen + 1), n: read(ticks[seen]) } };
              await changes.next();
            }
          },
          async *load() {
            starts.push({ field: 'load', after: undefined });
            const changes = on(ticked, 'load');
            for (;;) {
              yield { load };
              await changes.next();
            }
          },
        },
      },
    },
    sockets,
  );
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const graph = createGraph(supergraphSdl, { clock: async () => ({ data: null }) });
  const subscriptions = createSubscriptions({
    urls: { clock: url },
    maxPerUser,
    patienceMilliseconds,
  });
  cleanUp.push(async () => {
    subscriptions.close();
    await protocol.dispose();
    server.closeAllConnections();
    server.close();
  });
  const callerOf = (change: Partial<Identity> = {}) => {
    const identity: Identity = {
      userId: 'ada',
      clientId: 'test',
      scopes: new Set(),
      expiresAt: Date.now() / 1000 + 3600,
      token: 'a.b.c',
      grantId: 'grant',
      accessTokenId: undefined,
      isClientAlone: false,
      keyThumbprint: undefined,
      ...change,
    };
    return { identity, refresh: async () => identity, forget: async () => {} };
  };
  return {
    starts,
    tick: (n: number) => {
      ticks.push(n);
      ticked.emit('tick');
    },
    setLoad: (value: number) => {
      load = value;
      ticked.emit('load');
    },
    refuse: (error: GraphQLError) => (refuses = error),
    failReading: (times: number) => (unreadable = times),
    dropConnections: () => sockets.clients.forEach((socket) => socket.terminate()),
    connections: () => sockets.clients.size,
    startCursorsRead: () => startCursorsRead,
    subscribe: (query: string, change?: Partial<Identity>, variables: object = {}) => {
      const caller = callerOf(change);
      return subscriptions.subscribe({
        graph,
        document: parse(query),
        operationName: undefined,
        variables: { ...variables },
        caller,
        identity: caller.identity,
        requestId: 'test',
        span,
      });
    },
  };
}

const TICKS = 'subscription { t: ticks { n } }';
const nextOf = async (events: AsyncIterableIterator<ExecutionResult>): Promise<unknown> => {
  const { value } = await events.next();
  return value && JSON.parse(JSON.stringify(value));
};

test('equal subscriptions with equal rights share one upstream subscription and one connection', async () => {
  const clock = await startClock();
  const [one, two, other] = [
    clock.subscribe(TICKS),
    clock.subscribe(TICKS),
    clock.subscribe(TICKS, { userId: 'bob', token: 'd.e.f' }),
  ];
  await expect.poll(() => clock.starts.length).toBe(2);
  expect(clock.connections()).toBe(2);
  clock.tick(7);
  for (const events of [one, two, other])
    expect(await nextOf(events)).toEqual({ data: { t: { n: 7 } } });
  await one.return?.();
  clock.tick(8);
  expect(await nextOf(two)).toEqual({ data: { t: { n: 8 } } });
  await two.return?.();
  await other.return?.();
  await expect.poll(() => clock.connections()).toBe(0);
});

test('a broken subscription resumes after its last event, without gap and without repetition', async () => {
  const clock = await startClock();
  const events = clock.subscribe(
    'subscription ($from: String) { ticks(after: $from) { n cursor } }',
    {},
    { from: '0' },
  );
  clock.tick(1);
  expect(await nextOf(events)).toEqual({ data: { ticks: { n: 1, cursor: '1' } } });
  clock.dropConnections();
  clock.tick(2);
  clock.tick(3);
  expect(await nextOf(events)).toEqual({ data: { ticks: { n: 2, cursor: '2' } } });
  expect(await nextOf(events)).toEqual({ data: { ticks: { n: 3, cursor: '3' } } });
  expect(clock.starts.map(({ after }) => after)).toEqual(['0', '1']);
});

test('a subscription that breaks before its first event misses nothing either', async () => {
  const clock = await startClock();
  clock.tick(1);
  const events = clock.subscribe(TICKS);
  await expect.poll(() => clock.starts.length).toBe(1);
  await expect.poll(() => clock.startCursorsRead()).toBe(1);
  clock.dropConnections();
  clock.tick(2);
  expect(await nextOf(events)).toEqual({ data: { t: { n: 2 } } });
  expect(clock.starts.map(({ after }) => after)).toEqual([null, '1']);
});

test('an event that could not be read is read again, and the subscriber sees no error', async () => {
  const clock = await startClock();
  const events = clock.subscribe(TICKS);
  await expect.poll(() => clock.startCursorsRead()).toBe(1);
  clock.failReading(2);
  clock.tick(1);
  clock.tick(2);
  expect(await nextOf(events)).toEqual({ data: { t: { n: 1 } } });
  expect(await nextOf(events)).toEqual({ data: { t: { n: 2 } } });
  await events.return?.();
});

test('fragments, aliases, variables and conditions work as in a query, and the added cursor is not visible', async () => {
  const clock = await startClock();
  const events = clock.subscribe(
    `subscription ($no: Boolean = false) { ...Root }
     fragment Root on Subscription { first: ticks(after: "0") { ...Number again: n @include(if: $no) } }
     fragment Number on Tick { number: n at: cursor n @skip(if: true) }`,
  );
  clock.tick(5);
  expect(await nextOf(events)).toEqual({ data: { first: { number: 5, at: '1' } } });
  clock.dropConnections();
  clock.tick(6);
  expect(await nextOf(events)).toEqual({ data: { first: { number: 6, at: '2' } } });
});

test('a later subscriber gets the present state at once, and a slow reader only the newest', async () => {
  const clock = await startClock();
  const first = clock.subscribe('subscription { load }');
  expect(await nextOf(first)).toEqual({ data: { load: 1 } });
  const second = clock.subscribe('subscription { load }');
  expect(await nextOf(second)).toEqual({ data: { load: 1 } });
  expect(clock.starts).toHaveLength(1);
  for (const value of [2, 3, 4]) {
    clock.setLoad(value);
    expect(await nextOf(first)).toEqual({ data: { load: value } });
  }
  expect(await nextOf(second)).toEqual({ data: { load: 4 } });
});

test('a slow reader is ended with its cursor, and no other reader waits for it', async () => {
  const clock = await startClock();
  const [slow, quick] = [clock.subscribe(TICKS), clock.subscribe(TICKS)];
  await expect.poll(() => clock.starts.length).toBe(1);
  for (let n = 0; n < 300; n++) {
    clock.tick(n);
    expect(await nextOf(quick)).toEqual({ data: { t: { n } } });
  }
  const seen: unknown[] = [];
  for await (const result of slow) seen.push(result.data ?? result.errors?.[0]?.toJSON());
  expect(seen).toHaveLength(257);
  expect(seen.at(-2)).toEqual({ t: { n: 255 } });
  expect(seen.at(-1)).toMatchObject({ extensions: { code: 'SLOW_CONSUMER', cursor: '256' } });
});

test('a subscription ends with its token', async () => {
  const clock = await startClock();
  const events = clock.subscribe(TICKS, { expiresAt: Date.now() / 1000 + 0.3 });
  expect(await nextOf(events)).toMatchObject({
    errors: [{ message: 'Sign in again to go on.', extensions: { code: 'UNAUTHENTICATED' } }],
  });
  expect(await events.next()).toEqual({ done: true, value: undefined });
});

test('a refusal of the subgraph is final; a subgraph that stays away is UNAVAILABLE after a while', async () => {
  const clock = await startClock({ patienceMilliseconds: 200 });
  clock.refuse(new GraphQLError('Not for you.', { extensions: { code: 'FORBIDDEN' } }));
  expect(await nextOf(clock.subscribe(TICKS))).toMatchObject({
    errors: [{ message: 'Not for you.', extensions: { code: 'FORBIDDEN' } }],
  });
  for (const close of cleanUp.splice(0)) await close();
  expect(await nextOf(clock.subscribe(TICKS))).toMatchObject({
    errors: [{ extensions: { code: 'UNAVAILABLE', serviceName: 'clock' } }],
  });
});

test('a user cannot open more subscriptions than the limit', async () => {
  const clock = await startClock({ maxPerUser: 2 });
  const events = [clock.subscribe(TICKS), clock.subscribe(TICKS)];
  expect(() => clock.subscribe(TICKS)).toThrow(
    'You have 2 subscriptions open, which is the limit.',
  );
  clock.subscribe(TICKS, { userId: 'bob' });
  await events[0]?.return?.();
  clock.subscribe(TICKS);
});
