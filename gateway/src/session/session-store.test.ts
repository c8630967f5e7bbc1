import { createServer, IncomingMessage } from 'node:http';
import { type AddressInfo, Socket } from 'node:net';
import { text } from 'node:stream/consumers';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { createOidcClient } from './oidc-client.ts';
import type { SealedCookie } from './sealed-cookie.ts';
import { createSessionStore, type SessionContent } from './session-store.ts';

/** A provider whose tokens say which request they come from. */
const asked: (string | null)[] = [];
const provider = createServer((request, response) => {
  void text(request).then((body) => {
    asked.push(new URLSearchParams(body).get('unattended'));
    const token = { access_token: `token ${asked.length}`, token_type: 'Bearer', expires_in: 300 };
    response.setHeader('content-type', 'application/json').end(JSON.stringify(token));
  });
});
beforeAll(() => new Promise<void>((resolve) => void provider.listen(0, '127.0.0.1', resolve)));
afterAll(() => void provider.close());

const content = { sessionId: 's', userId: 'u', refreshToken: 'r', idToken: 'i' };
const cookie: SealedCookie<SessionContent> = {
  read: async () => content,
  write: async () => {},
  clear: () => {},
};

test('use is reported even while a token lives that nobody asked for; other requests take what is there', async () => {
  const { port } = provider.address() as AddressInfo;
  const oidc = createOidcClient({
    publicUrl: 'http://localhost:4000',
    usersUrl: `http://127.0.0.1:${port}`,
    clientSecret: 'secret',
  });
  const store = createSessionStore(oidc, cookie);
  const ask = (isUse: boolean) => store.accessTokenOf(new IncomingMessage(new Socket()), isUse);
  expect([await ask(false), await ask(false)]).toEqual(['token 1', 'token 1']);
  expect(await Promise.all([ask(true), ask(true)])).toEqual(['token 2', 'token 2']);
  expect([await ask(true), await ask(false)]).toEqual(['token 2', 'token 2']);
  expect(asked).toEqual(['true', null]);
});
