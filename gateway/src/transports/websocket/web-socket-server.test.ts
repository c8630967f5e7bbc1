import { once } from 'node:events';

import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';

import { startGateway } from '../../testing/start-gateway.ts';

let gateway: Awaited<ReturnType<typeof startGateway>>;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(async () => gateway?.[Symbol.asyncDispose]());

const open = async (): Promise<WebSocket> => {
  const socket = new WebSocket(
    `${gateway.url.replace('http', 'ws')}/graphql`,
    'graphql-transport-ws',
  );
  await once(socket, 'open');
  return socket;
};

const initialise = (socket: WebSocket, payload: unknown): void =>
  socket.send(JSON.stringify({ type: 'connection_init', payload }));

async function closeOf(socket: WebSocket): Promise<readonly [number, string]> {
  const [code, reason] = (await once(socket, 'close')) as [number, Buffer];
  return [code, reason.toString()];
}

test.each([
  ['authorization', (token: string) => ({ authorization: token })],
  ['Authorization', (token: string) => ({ Authorization: token })],
  ['headers', (token: string) => ({ headers: { Authorization: token } })],
])('a WebSocket is let in by %s', async (_name, paramsOf) => {
  const socket = await open();
  const answered = once(socket, 'message');
  initialise(socket, paramsOf(`Bearer ${await gateway.tokenFor('ada')}`));
  const [message] = (await answered) as [Buffer];
  expect(JSON.parse(message.toString())).toEqual({ type: 'connection_ack' });
  socket.close();
});

test.each([
  [{}, 'Sign in to connect.'],
  [{ authorization: 7 }, 'The connection parameter "authorization" must be a string.'],
  [{ authorization: 'x' }, 'The Authorization header must be "Bearer" or "DPoP" and a token.'],
  [
    { headers: { authorization: 'Bearer a.b.c' } },
    'The access token is not valid, or it has expired.',
  ],
])('a WebSocket that is refused hears why: %j', async (params, reason) => {
  const socket = await open();
  initialise(socket, params);
  expect(await closeOf(socket)).toEqual([4403, reason]);
});

test('an oversized message closes its WebSocket with the code for that, and no other', async () => {
  const other = await open();
  const socket = await open();
  socket.send('x'.repeat(2 * 1024 ** 2));
  expect(await closeOf(socket)).toEqual([1009, '']);
  expect(other.readyState).toBe(WebSocket.OPEN);
  other.close();
});
