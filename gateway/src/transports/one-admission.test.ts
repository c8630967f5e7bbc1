import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';

import { startGateway } from '../testing/start-gateway.ts';

const SDL = `
  type Query { viewer: Int @cost(weight: 989) }
  type Subscription { membershipsChanged: [Membership!]! @cost(weight: 989) @listSize(assumedSize: 1) }
  type Membership { role: String! }`;
const QUERY = '{ viewer }';
const SUBSCRIPTION = 'subscription { membershipsChanged { role } }';

// A caller can pay for one of these operations a minute: a second admission is refused.
let gateway: Awaited<ReturnType<typeof startGateway>>;
beforeAll(async () => {
  gateway = await startGateway({ sdls: { users: SDL }, env: { COST_PER_MINUTE: '1000' } });
});
afterAll(async () => gateway?.[Symbol.asyncDispose]());

type Send = (authorization: string) => Promise<string>;

const post =
  (query: string, accept: string): Send =>
  async (authorization) => {
    const response = await fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { authorization, accept, 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
    return firstPartOf(response);
  };

const get: Send = async (authorization) =>
  firstPartOf(
    await fetch(`${gateway.url}/graphql?query=${encodeURIComponent(QUERY)}`, {
      headers: { authorization },
    }),
  );

const postForm: Send = async (authorization) => {
  const body = new FormData();
  body.set('operations', JSON.stringify({ query: QUERY }));
  body.set('map', '{}');
  const headers = { authorization, 'apollo-require-preflight': 'true' };
  return firstPartOf(await fetch(`${gateway.url}/graphql`, { method: 'POST', headers, body }));
};

const overWebSocket =
  (query: string): Send =>
  async (authorization) => {
    const client = createClient({
      url: `${gateway.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: { authorization },
      retryAttempts: 0,
    });
    for await (const result of client.iterate({ query })) {
      void client.dispose();
      return JSON.stringify(result);
    }
    return '';
  };

/** Up to the first part that holds a result: streams of subscriptions do not end. */
async function firstPartOf({ body }: Response): Promise<string> {
  let text = '';
  for await (const chunk of body ?? []) {
    text += Buffer.from(chunk).toString();
    if (/"(?:data|errors)"/.test(text)) break;
  }
  return text;
}

test.each<[string, Send]>([
  ['a query by POST', post(QUERY, 'application/json')],
  ['a query by GET', get],
  ['a query in a multipart form', postForm],
  ['a query over WebSocket', overWebSocket(QUERY)],
  ['a query as server-sent events', post(QUERY, 'text/event-stream')],
  ['a subscription over WebSocket', overWebSocket(SUBSCRIPTION)],
  ['a subscription as server-sent events', post(SUBSCRIPTION, 'text/event-stream')],
  ['a subscription as multipart', post(SUBSCRIPTION, 'multipart/mixed;subscriptionSpec=1.0')],
])('%s is admitted once', async (name, send) => {
  const authorization = `Bearer ${await gateway.tokenFor(name)}`;
  const result = await send(authorization);
  expect(result).toMatch(/"(?:viewer|membershipsChanged)"/);
  expect(result).not.toContain('"errors"');
  expect(await post(QUERY, 'application/json')(authorization)).toContain('RATE_LIMITED');
});
