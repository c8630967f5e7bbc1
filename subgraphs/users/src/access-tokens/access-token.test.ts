import { SCOPES } from '@affluent/service';
import { decodeJwt } from 'jose';
import { afterAll, expect, test } from 'vitest';

import { connect } from '../database.ts';
import { digestOf } from '../secrets/secret.ts';
import { makePerson, type Person } from '../testing/people.ts';
import { createProgram, register } from '../testing/program.ts';
import { readEverything } from '../testing/stored.ts';
import { startUsersServer } from '../testing/users-server.ts';
import { asWebClient } from '../testing/web-client.ts';

const server = await startUsersServer();
const orm = await connect(server.config.DATABASE_URL);
afterAll(async () => {
  await orm.close();
  await server[Symbol.asyncDispose]();
});
const { origin } = server;
const gateway = asWebClient(server);
const [ada, mallory] = (await Promise.all(
  ['ada', 'mallory'].map((name) => makePerson(origin, name)),
)) as [Person, Person];

interface AccessTokenAnswer {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly lastUsedAt: string | null;
}

interface Created {
  readonly accessToken: AccessTokenAnswer;
  readonly token: string;
}

const FIELDS = 'id name scopes createdAt expiresAt lastUsedAt';
const CREATE = `mutation ($input: CreateAccessTokenInput!) { createAccessToken(input: $input) {
  accessToken { ${FIELDS} } token } }`;
const REVOKE = 'mutation ($id: ID!) { revokeAccessToken(id: $id) { revokedId } }';

/** @throws {GraphError} when it is refused. */
async function create({ client }: Person, changes: object = {}): Promise<Created> {
  const input = { name: 'Nightly report', scopes: ['profile'], ...changes };
  return (await client.query<{ createAccessToken: Created }>(CREATE, { input })).createAccessToken;
}

async function tokensOf({ client }: Person): Promise<AccessTokenAnswer[]> {
  const { viewer } = await client.query<{ viewer: { accessTokens: AccessTokenAnswer[] } }>(
    `{ viewer { accessTokens { ${FIELDS} } } }`,
  );
  return viewer.accessTokens;
}

const revoke = ({ client }: Person, id: string) => client.query(REVOKE, { id });

const exchangeOf = (token: string) => ({
  grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
  subject_token: token,
  subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
});

/** As the gateway does it for the caller who presents the token. */
async function exchange(token: string, changes: Readonly<Record<string, string>> = {}) {
  const { status, tokens } = await gateway.askTokens({ ...exchangeOf(token), ...changes });
  return { status, ...tokens };
}

const statusOf = async (access_token: string): Promise<number> =>
  (await gateway.ask({ access_token }, '{ viewer { id } }')).status;

/** Changes the row of a token. */
const set = (assignments: string, { accessToken }: Created) =>
  orm.em.fork().execute(`UPDATE access_tokens SET ${assignments} WHERE id = ?`, [accessToken.id]);

const EXPIRED = `expires_at = now() - interval '1 second'`;

const daysUntil = (time: string): number => (Date.parse(time) - Date.now()) / 24 / 3_600_000;

test.each<[string, object, RegExp]>([
  ['a name of nothing', { name: '' }, /name/],
  ['a name of spaces', { name: ' \t ' }, /name/],
  ['a name of 81 characters', { name: 'a'.repeat(81) }, /name/],
  ['a name of two lines', { name: 'Nightly\nreport' }, /name/],
  ['no scope', { scopes: [] }, /scope/],
  ['an unknown scope', { scopes: ['profile', 'everything'] }, /scope "everything"/],
  ['the scope of the account', { scopes: ['account'] }, /scope "account"/],
  ['scopes in one word', { scopes: ['profile account'] }, /scope "profile account"/],
  ['no day', { expiresInDays: 0 }, /1 to 365 days/],
  ['a day that is over', { expiresInDays: -1 }, /1 to 365 days/],
  ['more than a year', { expiresInDays: 366 }, /1 to 365 days/],
  ['more than a number', { expiresInDays: 2 ** 31 }, /expiresInDays/],
  ['half a day', { expiresInDays: 0.5 }, /expiresInDays/],
  ['no end', { expiresInDays: null }, /expiresInDays/],
])('no token is made with %s', async (_, changes, message) => {
  await expect(create(mallory, changes)).rejects.toMatchObject({
    code: 'BAD_USER_INPUT',
    message: expect.stringMatching(message),
  });
  expect(await tokensOf(mallory)).toEqual([]);
});

test('a token has the scopes and the days that were asked, and is shown once', async () => {
  const person = await makePerson(origin, 'grace');
  const scopes = ['datasets:write', 'profile', 'profile'];
  const { accessToken, token } = await create(person, { name: ' CI ', scopes, expiresInDays: 1 });
  expect(token).toMatch(/^aff_pat_[\w-]{43}$/);
  expect(accessToken).toMatchObject({
    name: 'CI',
    scopes: ['profile', 'datasets:write'],
    lastUsedAt: null,
  });
  expect(daysUntil(accessToken.expiresAt)).toBeCloseTo(1, 2);
  const second = await create(person, { expiresInDays: 365 });
  expect(daysUntil(second.accessToken.expiresAt)).toBeCloseTo(365, 2);
  expect(daysUntil((await create(person)).accessToken.expiresAt)).toBeCloseTo(90, 2);
  expect(second.token).not.toBe(token);

  const listed = await tokensOf(person);
  expect(listed).toHaveLength(3);
  expect(listed.slice(1)).toEqual([second.accessToken, accessToken]);
  const shown = '{ __type(name: "AccessToken") { fields { name } } }';
  expect(JSON.stringify(await person.client.query(shown))).not.toMatch(/"(token|digest)"/);
});

test('of a token only the digest is kept, and what it is exchanged for is not kept at all', async () => {
  const { token } = await create(ada);
  const { access_token } = await exchange(token);
  const stored = await readEverything(orm);
  expect(stored).toContain(digestOf(token));
  for (const secret of [token, token.slice('aff_pat_'.length), access_token])
    expect(stored).not.toContain(secret);
});

test('a person has 100 tokens at most, also when several are made at once; ended ones do not count', async () => {
  const collector = await makePerson(origin, 'collector');
  const ended = await create(collector);
  await revoke(collector, ended.accessToken.id);
  const expired = await create(collector);
  await set(EXPIRED, expired);
  await create(collector);
  await orm.em.fork().execute(
    `INSERT INTO access_tokens SELECT gen_random_uuid(), user_id, name, gen_random_uuid(), scopes, created_at, expires_at
     FROM access_tokens, generate_series(1, 97) WHERE user_id = ? AND revoked_at IS NULL AND expires_at > now()`,
    [collector.id],
  );
  const attempts = await Promise.allSettled(Array.from({ length: 5 }, () => create(collector)));
  const reasons = attempts.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
  expect(reasons).toMatchObject(Array(3).fill({ code: 'CONFLICT' }));
  expect(await tokensOf(collector)).toHaveLength(100);
});

test('the gateway exchanges a token for one of the graph that lives a minute, and the use is noted', async () => {
  const created = await create(ada, { scopes: ['profile', 'datasets:read'] });
  const { accessToken, token } = created;
  const answer = await exchange(token, { resource: `${origin}/graphql` });
  expect(answer).toMatchObject({
    status: 200,
    token_type: 'Bearer',
    issued_token_type: 'urn:ietf:params:oauth:token-type:access_token',
    scope: 'profile datasets:read',
  });
  expect(answer).not.toHaveProperty('refresh_token');
  const claims = decodeJwt(answer.access_token);
  expect(claims).toMatchObject({
    sub: ada.id,
    aud: `${origin}/graphql`,
    scope: 'profile datasets:read',
    pat: accessToken.id,
  });
  expect(claims.exp! - claims.iat!).toBeLessThanOrEqual(60);
  const { data } = await gateway.ask(answer, '{ viewer { id displayName } }');
  expect(data).toEqual({ viewer: { id: ada.id, displayName: 'ada' } });

  const useOf = async () =>
    (await tokensOf(ada)).find(({ id }) => id === accessToken.id)?.lastUsedAt;
  const first = await useOf();
  expect(Date.now() - Date.parse(first!)).toBeLessThan(60_000);
  await exchange(token);
  expect(await useOf()).toBe(first);
  await set(`last_used_at = last_used_at - interval '61 seconds'`, created);
  await exchange(token);
  expect(Date.parse((await useOf())!)).toBeGreaterThanOrEqual(Date.parse(first!));
});

test('what comes of a token does not live longer than the token', async () => {
  const created = await create(ada);
  await set(`expires_at = now() + interval '20 seconds'`, created);
  const { exp = 0, iat = 0 } = decodeJwt((await exchange(created.token)).access_token);
  expect(exp - iat).toBeLessThanOrEqual(20);
});

const NOT_ALLOWED = {
  error: 'invalid_request',
  error_description: 'requested grant type is not allowed for this client',
};

test('no other client exchanges a token, and the graph does not take it as it is', async () => {
  const { accessToken, token } = await create(ada);
  const confidential = createProgram(origin, await register(ada));
  const open = createProgram(origin, await register(ada, { type: 'PUBLIC' }));
  for (const { post } of [confidential, open])
    expect(await post('/token', exchangeOf(token))).toMatchObject(NOT_ALLOWED);
  const asNobody = async (fields: Readonly<Record<string, string>>) => {
    const body = new URLSearchParams({ ...exchangeOf(token), ...fields });
    const response = await fetch(`${origin}/oidc/token`, { method: 'POST', body });
    return (await response.json()) as { error: string };
  };
  expect(await asNobody({ client_id: 'affluent-cli' })).toMatchObject(NOT_ALLOWED);
  const guess = { client_id: 'affluent-web', client_secret: 'a guess' };
  expect(await asNobody(guess)).toMatchObject({ error: 'invalid_client' });
  for (const unproved of [{}, { client_id: 'affluent-web' }])
    expect((await asNobody(unproved)).error).toMatch(/^invalid_(client|request)$/);
  expect(await statusOf(token)).toBe(401);
  const unused = (await tokensOf(ada)).find(({ id }) => id === accessToken.id);
  expect(unused?.lastUsedAt).toBeNull();
});

test('nothing but a living token is exchanged, and for the graph only', async () => {
  const { token } = await create(ada);
  const session = await ada.client.accessToken();
  const { access_token } = await exchange(token);
  for (const wrong of [
    `aff_pat_${'a'.repeat(43)}`,
    token.slice('aff_pat_'.length),
    `${token} `,
    digestOf(token),
    session,
    access_token,
    '\u0000',
  ])
    expect(await exchange(wrong)).toMatchObject({ status: 400, error: 'invalid_grant' });
  expect(await exchange('')).toMatchObject({ status: 400, error: 'invalid_request' });
  const type = { subject_token_type: 'urn:ietf:params:oauth:token-type:jwt' };
  expect(await exchange(token, type)).toMatchObject({ status: 400, error: 'invalid_request' });
  const elsewhere = { resource: 'https://evil.example' };
  expect(await exchange(token, elsewhere)).toMatchObject({ status: 400, error: 'invalid_target' });
});

test('a token gives no more than its scopes, whatever is asked beside it', async () => {
  const { token } = await create(ada, { scopes: ['datasets:read'] });
  const { access_token, ...answer } = await exchange(token, {
    scope: 'account profile datasets:write',
    audience: 'https://evil.example',
  });
  expect(answer.scope).toBe('datasets:read');
  expect(decodeJwt(access_token)).toMatchObject({
    scope: 'datasets:read',
    aud: `${origin}/graphql`,
  });
  const all = await create(ada, { scopes: [...SCOPES] });
  const widest = await exchange(all.token);
  expect(await statusOf(widest.access_token)).toBe(200);
  for (const attempt of [
    '{ viewer { accessTokens { id } } }',
    'mutation { createAccessToken(input: { name: "More", scopes: ["profile"] }) { token } }',
    `mutation { revokeAccessToken(id: "${all.accessToken.id}") { revokedId } }`,
    'mutation { registerOAuthClient(input: { name: "M", redirectUris: [], scopes: [] }) { clientSecret } }',
  ]) {
    const { errors } = await gateway.ask(widest, attempt);
    expect(errors?.[0]?.extensions.code).toBe('UNAUTHORIZED_FIELD_OR_TYPE');
  }
  const { errors } = await gateway.ask({ access_token }, '{ viewer { email } }');
  expect(errors?.[0]?.extensions.code).toBe('UNAUTHORIZED_FIELD_OR_TYPE');
});

test.each([
  {
    how: 'was revoked',
    end: ({ accessToken }: Created) => revoke(ada, accessToken.id),
  },
  { how: 'has expired', end: (created: Created) => set(EXPIRED, created) },
])('a token that $how is worth nothing at once, nor is what came of it', async ({ end }) => {
  const created = await create(ada);
  const { accessToken, token } = created;
  const { access_token } = await exchange(token);
  expect(await statusOf(access_token)).toBe(200);
  await end(created);
  expect(await exchange(token)).toMatchObject({ status: 400, error: 'invalid_grant' });
  expect(await statusOf(access_token)).toBe(401);
  expect((await tokensOf(ada)).map(({ id }) => id)).not.toContain(accessToken.id);
  await expect(revoke(ada, accessToken.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('what is got while a token is being revoked is worth nothing', async () => {
  const { accessToken, token } = await create(ada);
  const [, ...answers] = await Promise.all([
    revoke(ada, accessToken.id),
    ...Array.from({ length: 8 }, () => exchange(token)),
  ]);
  for (const { access_token } of answers.filter(({ status }) => status === 200))
    expect(await statusOf(access_token)).toBe(401);
  expect((await exchange(token)).error).toBe('invalid_grant');
});

test('for anybody else a token is not found', async () => {
  const { accessToken, token } = await create(ada);
  for (const id of [accessToken.id, crypto.randomUUID(), 'no-uuid'])
    await expect(revoke(mallory, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect(await tokensOf(mallory)).toEqual([]);
  expect((await exchange(token)).status).toBe(200);
});

test('a token belongs to a program: it stays when the person signs out everywhere', async () => {
  const person = await makePerson(origin, 'grace');
  const { token } = await create(person);
  const { access_token } = await exchange(token);
  await person.client.query('mutation { signOutEverywhere { ended } }');
  expect(await statusOf(access_token)).toBe(200);
  expect((await exchange(token)).status).toBe(200);
});

test('making and revoking a token are in the audit log, by name', async () => {
  const person = await makePerson(origin, 'grace');
  const { accessToken, token } = await create(person, { name: 'CI' });
  await revoke(person, accessToken.id);
  const events = await orm.em
    .fork()
    .execute<{ kind: string; subject: string }[]>(
      `SELECT kind, subject FROM audit_events WHERE actor_id = ? AND kind LIKE 'ACCESS_TOKEN%' ORDER BY at`,
      [person.id],
    );
  expect(events).toEqual([
    { kind: 'ACCESS_TOKEN_CREATED', subject: 'CI' },
    { kind: 'ACCESS_TOKEN_REVOKED', subject: 'CI' },
  ]);
  expect(JSON.stringify(events)).not.toContain(token);
});
