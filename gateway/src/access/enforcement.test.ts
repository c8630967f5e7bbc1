import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

import { createLog } from '@affluent/service';
import { runOperation, startUsersNeighbour } from '@affluent/subgraph/testing';
import { afterAll, beforeEach, expect, test } from 'vitest';

import { readConfig } from '../config.ts';
import { startServer } from '../server.ts';

const publicUrl = 'http://affluent.example';
const users = await startUsersNeighbour(publicUrl);

/** The datasets subgraph, as far as these tests see it: it would answer anybody. */
const asked: string[] = [];
const datasets = createServer((req, res) => {
  let body = '';
  req.on('data', (chunk) => (body += chunk));
  req.on('end', () => {
    asked.push(body);
    const dataset = { __typename: 'Dataset', id: '1', name: 'Load' };
    res.setHeader('content-type', 'application/json');
    res.end(JSON.stringify({ data: { dataset } }));
  });
});
await new Promise<void>((resolve) => {
  datasets.listen(0, '127.0.0.1', resolve);
});
const gateway = await startServer(
  readConfig({
    PORT: '0',
    PUBLIC_URL: publicUrl,
    USERS_URL: users.url,
    DATASETS_URL: `http://127.0.0.1:${(datasets.address() as AddressInfo).port}`,
    INSIGHTS_URL: 'http://127.0.0.1:9',
    SESSION_KEY: randomBytes(32).toString('base64url'),
    GATEWAY_CLIENT_SECRET: randomBytes(32).toString('base64url'),
  }),
  createLog({ service: 'gateway', level: 'silent' }),
);
afterAll(async () => {
  await gateway[Symbol.asyncDispose]();
  await users[Symbol.asyncDispose]();
  datasets.close();
});
beforeEach(() => {
  asked.length = 0;
});

const tokenWith = (scope: string) => users.tokenFor(randomUUID(), scope);
const QUERY = 'query ($id: ID!) { dataset(id: $id) { name } }';
const ask = async (scope: string) =>
  runOperation({
    url: gateway.url,
    token: await tokenWith(scope),
    query: QUERY,
    variables: { id: '1' },
  });

test('nothing leaves the gateway for a token without the scope, before and after others had it', async () => {
  const denied = {
    status: 200,
    data: { dataset: null },
    errors: [
      {
        message: 'Query.dataset needs the scope "datasets:read".',
        path: ['dataset'],
        extensions: { code: 'UNAUTHORIZED_FIELD_OR_TYPE' },
      },
    ],
  };
  expect(await ask('profile datasets:write')).toMatchObject(denied);
  expect(asked).toEqual([]);
  expect(await ask('datasets:read')).toMatchObject({
    data: { dataset: { name: 'Load' } },
    errors: undefined,
  });
  expect(asked).toHaveLength(1);
  expect(await ask('')).toMatchObject(denied);
  expect(asked).toHaveLength(1);
});

test('a file of a denied upload is not passed on, and still read to its end', async () => {
  const query = `mutation ($input: ImportDatasetInput!, $file: Upload!) {
    importDataset(input: $input, file: $file) { import { id } } }`;
  const variables = { input: { workspaceId: randomUUID(), name: 'big' }, file: null };
  const part = (name: string, text: string) =>
    `--x\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${text}\r\n`;
  const sending = request(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${await tokenWith('datasets:read')}`,
      'apollo-require-preflight': 'true',
      'content-type': 'multipart/form-data; boundary=x',
    },
  });
  const answered = once(sending, 'response') as Promise<[IncomingMessage]>;
  sending.write(part('operations', JSON.stringify({ query, variables })));
  sending.write(part('map', '{"0":["variables.file"]}'));
  sending.write('--x\r\ncontent-disposition: form-data; name="0"; filename="a.csv"\r\n\r\n');
  sending.write(Buffer.alloc(50_000_000));
  await new Promise<void>((sent) => {
    sending.end('\r\n--x--\r\n', sent);
  });
  const [response] = await answered;
  // The mutation's answer is never null: the whole answer is, in its stead.
  expect(await json(response)).toMatchObject({
    data: null,
    errors: [{ path: ['importDataset'], extensions: { code: 'UNAUTHORIZED_FIELD_OR_TYPE' } }],
  });
  expect(asked).toEqual([]);
});
