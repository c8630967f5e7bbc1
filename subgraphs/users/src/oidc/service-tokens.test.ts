import { createServiceTokens } from '@affluent/subgraph';
import { runOperation } from '@affluent/subgraph/testing';
import { createClient } from 'graphql-ws';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { openBrowser } from '../testing/browser.ts';
import { makePerson, makeWorkspace, type Person } from '../testing/people.ts';
import { createProgram, register } from '../testing/program.ts';
import { startUsersServer } from '../testing/users-server.ts';

const server = await startUsersServer();
afterAll(() => server[Symbol.asyncDispose]());
const { origin, config } = server;

const getServiceToken = createServiceTokens({
  usersUrl: origin,
  clientId: 'affluent-datasets',
  clientSecret: config.DATASETS_CLIENT_SECRET,
});
const DELETED = 'query ($among: [ID!]!) { deletedWorkspaces(among: $among) }';
const workspaces = { deleted: '', living: '' };
let ada: Person;

beforeAll(async () => {
  ada = await makePerson(origin, 'ada');
  workspaces.deleted = await makeWorkspace(ada);
  workspaces.living = await makeWorkspace(ada);
  const remove = 'mutation ($id: ID!) { deleteWorkspace(id: $id) { deletedId } }';
  await ada.client.query(remove, { id: workspaces.deleted });
});

const among = () => [workspaces.deleted, workspaces.living, crypto.randomUUID(), 'no-such-id'];
const asService = async (query: string, variables = {}) =>
  runOperation({ url: origin, token: await getServiceToken(), query, variables });
const codeOf = async (token: string): Promise<string | undefined> => {
  const variables = { among: among() };
  const { errors } = await runOperation({ url: origin, token, query: DELETED, variables });
  return errors?.[0]?.extensions.code;
};

test('a service hears which of the workspaces that it names were deleted', async () => {
  const { data } = await asService(DELETED, { among: among() });
  expect(data).toEqual({ deletedWorkspaces: [workspaces.deleted] });
  const tooMany = Array.from({ length: 1_001 }, () => crypto.randomUUID());
  const { errors } = await asService(DELETED, { among: tooMany });
  expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
});

test('a service has one token until it is about to expire', async () => {
  const token = await getServiceToken();
  expect(await getServiceToken()).toBe(token);
  expect(decodeJwt(token)).toMatchObject({ scope: 'service', service: 'datasets' });
});

test.each([
  '{ workspace(id: "a") { id } }',
  '{ identityProviders { name } }',
  'mutation { createWorkspace(input: { name: "Mine" }) { workspace { id } } }',
  'mutation { updateProfile(input: { displayName: "Me" }) { viewer { id } } }',
  '{ _entities(representations: [{ __typename: "Workspace", id: "a" }]) { ... on Workspace { id } } }',
])('a service gets nothing that is not for services: %s', async (query) => {
  const { errors } = await asService(query);
  expect(['UNAUTHENTICATED', 'UNAUTHORIZED_FIELD_OR_TYPE']).toContain(errors?.[0]?.extensions.code);
});

test('a service is no user and cannot subscribe', async () => {
  expect((await asService('{ viewer { id } }')).data).toEqual({ viewer: null });
  const client = createClient({
    url: `${origin.replace('http', 'ws')}/graphql`,
    connectionParams: { authorization: `Bearer ${await getServiceToken()}` },
    retryAttempts: 0,
  });
  const events = client.iterate({ query: 'subscription { membershipsChanged { role } }' });
  await expect(events.next()).rejects.toMatchObject({ code: 4403 });
});

test('a person cannot get the scope, and is denied the field with all others', async () => {
  await expect(ada.client.query(DELETED, { among: among() })).rejects.toMatchObject({
    code: 'UNAUTHORIZED_FIELD_OR_TYPE',
  });
  const create = `mutation { createAccessToken(input: { name: "T", scopes: ["service"], expiresInDays: 1 }) { token } }`;
  await expect(ada.client.query(create)).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
});

test('a third-party client cannot register the scope, and no request gives it to the client', async () => {
  await expect(register(ada, { scopes: ['service'] })).rejects.toMatchObject({
    code: 'BAD_USER_INPUT',
  });
  const program = createProgram(origin, await register(ada, { clientCredentials: true }));
  const scope = 'openid profile service';
  const alone = await program.post('/token', { grant_type: 'client_credentials', scope });
  const { access_token } = await program.getTokens(ada, { scope, visit: openBrowser() });
  for (const token of [alone.access_token, access_token]) {
    expect(decodeJwt(token)).toMatchObject({ scope: 'profile' });
    expect(await codeOf(token)).toBe('UNAUTHORIZED_FIELD_OR_TYPE');
  }
});

test('the scope is not advertised, and a wrong secret gets no token', async () => {
  const discovery = await fetch(`${origin}/oidc/.well-known/openid-configuration`);
  const { scopes_supported } = (await discovery.json()) as { scopes_supported: string[] };
  expect(scopes_supported).toContain('profile');
  expect(scopes_supported).not.toContain('service');
  const guess = createServiceTokens({
    usersUrl: origin,
    clientId: 'affluent-datasets',
    clientSecret: config.INSIGHTS_CLIENT_SECRET,
  });
  await expect(guess()).rejects.toThrow('No service token was issued.');
});
