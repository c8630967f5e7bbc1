import type { Client } from '@affluent/client';
import { signUp } from '@affluent/client/testing';
import { type Sandbox, startSandbox } from '@affluent/sandbox';
import { serverAudits } from 'graphql-http';
import { afterAll, beforeAll, expect, test } from 'vitest';

let sandbox: Sandbox;
let client: Client;
beforeAll(async () => {
  sandbox = await startSandbox();
  const account = { email: 'tim@affluent.example', displayName: 'Tim' };
  client = await signUp({ origin: sandbox.origin, ...account, password: 'vague but exciting' });
});
afterAll(async () => {
  await client?.[Symbol.asyncDispose]();
  await sandbox?.[Symbol.asyncDispose]();
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
