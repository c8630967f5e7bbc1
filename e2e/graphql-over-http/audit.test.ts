import type { Client } from '@affluent/client';
import { signUp } from '@affluent/client/testing';
import { sharedSandbox } from '@affluent/sandbox/testing';
import { serverAudits } from 'graphql-http';
import { afterAll, beforeAll, expect, test } from 'vitest';

const sandbox = sharedSandbox();
let client: Client;
beforeAll(async () => {
  const account = { email: 'tim@affluent.example', displayName: 'Tim' };
  client = await signUp({ origin: sandbox.origin, ...account, password: 'vague but exciting' });
});
afterAll(async () => {
  await client?.[Symbol.asyncDispose]();
});

const signedIn: typeof fetch = async (input, init) => {
  const headers = new Headers(init?.headers);
  headers.set('authorization', `Bearer ${await client.accessToken()}`);
  return fetch(input, { ...init, headers });
};

/** All that a server MUST, SHOULD and MAY do by the GraphQL over HTTP specification. */
test.each(serverAudits({ url: () => `${sandbox.origin}/graphql`, fetchFn: signedIn }))(
  '$id $name',
  async ({ fn }) => expect(await fn()).toMatchObject({ status: 'ok' }),
);
