import { SCOPES } from '@affluent/service';
import { decodeJwt } from 'jose';
import { afterAll, expect, test } from 'vitest';

import { connect } from '../database.ts';
import { digestOf } from '../secrets/secret.ts';
import { openBrowser } from '../testing/browser.ts';
import { makePerson, makeWorkspace, PASSWORD, type Person } from '../testing/people.ts';
import { createProgram, register, type RegisteredClient, SETTINGS } from '../testing/program.ts';
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
/** Who registers clients, who allows them something, and who has nothing to do with them. */
const [dora, ada, mallory] = (await Promise.all(
  ['dora', 'ada', 'mallory'].map((name) => makePerson(origin, name)),
)) as [Person, Person, Person];

const web = asWebClient(server);
const statusOf = async (access_token: string): Promise<number> =>
  (await web.ask({ access_token }, '{ viewer { id } }')).status;

async function clientsOf({ client }: Person): Promise<RegisteredClient[]> {
  const { viewer } = await client.query<{ viewer: { oauthClients: RegisteredClient[] } }>(
    '{ viewer { oauthClients { id clientId name type redirectUris logoUri scopes } } }',
  );
  return viewer.oauthClients;
}

const eventsOf = ({ id }: Person, kind: string) =>
  orm.em
    .fork()
    .execute<{ subject: string }[]>(
      'SELECT subject FROM audit_events WHERE actor_id = ? AND kind = ? ORDER BY at',
      [id, kind],
    );

const UPDATE = `mutation ($input: UpdateOAuthClientInput!) { updateOAuthClient(input: $input) {
  client { id name scopes redirectUris logoUri } } }`;
const ROTATE = 'mutation ($id: ID!) { rotateOAuthClientSecret(id: $id) { clientSecret } }';
const DELETE = 'mutation ($id: ID!) { deleteOAuthClient(id: $id) { deletedId } }';

const rotate = async ({ client }: Person, id: string): Promise<string> =>
  (await client.query<{ rotateOAuthClientSecret: { clientSecret: string } }>(ROTATE, { id }))
    .rotateOAuthClientSecret.clientSecret;

const PUBLIC = 'PUBLIC';
const CONFIDENTIAL = 'CONFIDENTIAL';

test('a client needs no scope: then it learns who comes back, and nothing else', async () => {
  const program = createProgram(origin, await register(dora, { scopes: [] }));
  const { consent, url } = await program.ask(ada, { scope: 'openid' });
  expect(consent).toContain('recognize you when you return');
  const { access_token, id_token } = await program.redeem(url);
  expect(decodeJwt(id_token!)).toMatchObject({
    sub: ada.id,
    aud: program.clientId,
    amr: ['pwd'],
    auth_time: expect.any(Number),
  });
  expect(decodeJwt(id_token!)).not.toHaveProperty('email');
  const workspaceId = await makeWorkspace(ada);
  const seen = '{ id name members { role } }';
  for (const query of [
    '{ viewer { displayName } }',
    '{ viewer { memberships { role } } }',
    `{ workspace(id: "${workspaceId}") ${seen} }`,
    `{ _entities(representations: [{ __typename: "Workspace", id: "${workspaceId}" }]) { ... on Workspace ${seen} } }`,
    '{ invitation(token: "no-such-link") { workspaceName } }',
  ]) {
    const { errors } = await web.ask({ access_token }, query);
    expect(errors?.[0]?.extensions.code).toBe('UNAUTHORIZED_FIELD_OR_TYPE');
  }
});

test.each([
  { type: CONFIDENTIAL, keepsRefreshToken: true },
  { type: PUBLIC, keepsRefreshToken: false },
])(
  'a $type client comes through the consent page to tokens of what it asked',
  async ({ type, keepsRefreshToken }) => {
    const registration = await register(dora, { type, name: `<b>${type}</b>` });
    expect(registration.clientSecret !== null).toBe(type === CONFIDENTIAL);
    const program = createProgram(origin, registration);
    const { consent, url } = await program.ask(ada, { scope: 'openid profile' });
    expect(consent).toContain(`Allow &lt;b&gt;${type}&lt;/b&gt;?`);
    expect(consent).toContain('Affluent has not verified who');
    expect(consent).toContain('see your name and e-mail address');
    expect(consent).not.toContain('read your datasets');
    expect(consent).toContain('You will then return to watch.example.org.');
    expect(`${url.origin}${url.pathname}`).toBe(SETTINGS.redirectUris[0]);
    expect(url.searchParams.get('iss')).toBe(`${origin}/oidc`);

    const wrong = 'another-verifier-that-is-as-long-as-it-has-to-be';
    expect((await program.redeem(url, { code_verifier: wrong })).error).toBe('invalid_grant');
    const tokens = await program.getTokens(ada, { scope: 'openid profile' });
    expect(decodeJwt(tokens.access_token)).toMatchObject({
      sub: ada.id,
      client_id: program.clientId,
      scope: 'profile',
    });
    const { data } = await web.ask(tokens, '{ viewer { displayName } }');
    expect(data).toEqual({ viewer: { displayName: 'ada' } });

    const fresh = await program.refresh(tokens);
    expect((fresh.refresh_token ?? tokens.refresh_token) === tokens.refresh_token).toBe(
      keepsRefreshToken,
    );
    expect(await statusOf(fresh.access_token)).toBe(200);
  },
);

test('a secret that is wrong, missing or of another client is worth nothing', async () => {
  const registration = await register(dora);
  const { clientSecret } = await register(dora);
  const { url } = await createProgram(origin, registration).ask(ada);
  for (const wrong of ['wrong', clientSecret, digestOf(registration.clientSecret!)]) {
    const program = createProgram(origin, { ...registration, clientSecret: wrong });
    expect(await program.redeem(url)).toMatchObject({ status: 401, error: 'invalid_client' });
  }
  const silent = createProgram(origin, { ...registration, clientSecret: null });
  expect((await silent.redeem(url)).error).toMatch(/^invalid_(client|request)$/);
  expect((await createProgram(origin, registration).redeem(url)).status).toBe(200);
});

test('of a secret only the digest is kept, and the graph shows neither', async () => {
  const { client, clientSecret } = await register(dora);
  const renewed = await rotate(dora, client.id);
  const stored = await readEverything(orm);
  for (const secret of [clientSecret!, renewed]) {
    expect(secret).toMatch(/^[\w-]{43}$/);
    expect(stored).not.toContain(secret);
  }
  expect(stored).toContain(digestOf(renewed));
  expect(stored).not.toContain(digestOf(clientSecret!));
  const shown = '{ __type(name: "OAuthClient") { fields { name } } }';
  expect(JSON.stringify(await dora.client.query(shown))).not.toMatch(/secret|digest|jwks/i);
});

test('a new secret takes the place of the old one at once; what people allowed stays', async () => {
  const registration = await register(dora);
  const program = createProgram(origin, registration);
  const tokens = await program.getTokens(ada);
  expect((await program.refresh(tokens)).status).toBe(200);

  const clientSecret = await rotate(dora, registration.client.id);
  expect(await program.refresh(tokens)).toMatchObject({ status: 401, error: 'invalid_client' });
  const renewed = createProgram(origin, { ...registration, clientSecret });
  expect((await renewed.refresh(tokens)).status).toBe(200);
  expect(await statusOf(tokens.access_token)).toBe(200);

  const open = await register(dora, { type: PUBLIC });
  await expect(rotate(dora, open.client.id)).rejects.toMatchObject({ code: 'CONFLICT' });
});

test('a client that is deleted takes all its grants, tokens and codes along', async () => {
  const registration = await register(dora, { clientCredentials: true });
  const program = createProgram(origin, registration);
  const tokens = await program.getTokens(ada);
  const alone = await program.post('/token', {
    grant_type: 'client_credentials',
    scope: 'profile',
  });
  const { url: unredeemed } = await program.ask(dora);
  const others = createProgram(origin, await register(dora));
  const otherTokens = await others.getTokens(ada);
  expect([await statusOf(tokens.access_token), await statusOf(alone.access_token)]).toEqual([
    200, 200,
  ]);

  await dora.client.query(DELETE, { id: registration.client.id });
  expect([await statusOf(tokens.access_token), await statusOf(alone.access_token)]).toEqual([
    401, 401,
  ]);
  expect((await program.refresh(tokens)).error).toBe('invalid_client');
  expect((await program.redeem(unredeemed)).error).toBe('invalid_client');
  expect((await openBrowser()(program.start())).status).toBe(400);
  const left = await orm.em
    .fork()
    .execute(`SELECT model FROM oidc_payloads WHERE payload->>'clientId' = ?`, [program.clientId]);
  expect(left).toEqual([]);
  expect(await statusOf(otherTokens.access_token)).toBe(200);
  expect(await eventsOf(dora, 'OAUTH_CLIENT_DELETED')).toContainEqual({ subject: SETTINGS.name });
});

test('a client acts by itself only where its owner wants that, sees it among their grants and ends it', async () => {
  const askAlone = ({ post }: ReturnType<typeof createProgram>) =>
    post('/token', { grant_type: 'client_credentials', scope: 'profile' });
  const plain = createProgram(origin, await register(dora));
  expect((await askAlone(plain)).error).toBe('invalid_request');

  const owner = await makePerson(origin, 'owner');
  const registration = await register(owner, { clientCredentials: true, redirectUris: [] });
  const { id, clientId } = registration.client;
  const machine = createProgram(origin, registration);
  const { access_token } = await askAlone(machine);
  expect(await statusOf(access_token)).toBe(200);
  const own = async () => {
    const { viewer } = await owner.client.query<{ viewer: { grants: { clientId: string }[] } }>(
      '{ viewer { grants { id clientId scopes lastUsedAt expiresAt clientCredentials } } }',
    );
    return viewer.grants.filter((grant) => grant.clientId === clientId);
  };
  const scopes = SETTINGS.scopes;
  const grant = { id, clientId, scopes, expiresAt: null, clientCredentials: true };
  expect(await own()).toEqual([{ ...grant, lastUsedAt: expect.any(String) }]);

  const REVOKE = 'mutation ($id: ID!) { revokeGrant(id: $id) { revokedId } }';
  await expect(mallory.client.query(REVOKE, { id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await owner.client.query(REVOKE, { id });
  expect(await own()).toEqual([]);
  expect(await statusOf(access_token)).toBe(401);
  expect((await askAlone(machine)).error).toBe('invalid_request');
  await owner.client.query(UPDATE, { input: { id, clientCredentials: true } });
  expect((await askAlone(machine)).status).toBe(200);
});

test('who allows a client on a page that was open when it was deleted allows nothing', async () => {
  const { client, clientSecret } = await register(dora);
  const program = createProgram(origin, { client, clientSecret });
  const visit = openBrowser();
  const signIn = await visit(program.start());
  const { email } = ada;
  const consent = await visit(signIn.url, { email, password: PASSWORD });
  expect(consent.body).toContain(`Allow ${SETTINGS.name}?`);
  await dora.client.query(DELETE, { id: client.id });
  const done = await visit(`${consent.url.href}/consent`, { answer: 'allow' });
  expect(done.status).toBe(400);
  const { viewer } = await ada.client.query<{ viewer: { grants: { clientId: string }[] } }>(
    '{ viewer { grants { clientId } } }',
  );
  expect(viewer.grants.map(({ clientId }) => clientId)).not.toContain(client.clientId);
});

test('for anybody else a client is not found, whatever they try', async () => {
  const { client, clientSecret } = await register(dora);
  for (const id of [client.id, client.clientId, crypto.randomUUID(), 'no-uuid']) {
    for (const [mutation, variables] of [
      [UPDATE, { input: { id, redirectUris: ['https://evil.example/'] } }],
      [ROTATE, { id }],
      [DELETE, { id }],
    ] as const)
      await expect(mallory.client.query(mutation, variables)).rejects.toMatchObject({
        code: 'NOT_FOUND',
      });
  }
  expect(await clientsOf(dora)).toContainEqual(client);
  expect(await clientsOf(mallory)).toEqual([]);
  const program = createProgram(origin, { client, clientSecret });
  expect((await program.getTokens(ada)).status).toBe(200);
});

test('a client is changed by the rules by which it is registered, and what is left out stays', async () => {
  const { client } = await register(dora);
  const change = (input: object) =>
    dora.client.query<{ updateOAuthClient: { client: RegisteredClient } }>(UPDATE, {
      input: { id: client.id, ...input },
    });
  for (const [wrong, message] of [
    [{ name: '' }, /name/],
    [{ redirectUris: ['http://127.0.0.1/'] }, /address http:/],
    [{ postLogoutRedirectUris: ['javascript:alert(1)'] }, /address javascript:/],
    [{ logoUri: 'http://watch.example.org/' }, /logo/],
    [{ scopes: ['account'] }, /scope "account"/],
  ] as const)
    await expect(change(wrong)).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      message: expect.stringMatching(message),
    });
  const { updateOAuthClient } = await change({ name: ' Watch ', logoUri: null });
  const { id, redirectUris, scopes } = client;
  const changed = { id, name: 'Watch', redirectUris, scopes, logoUri: null };
  expect(updateOAuthClient.client).toEqual(changed);
  expect(await clientsOf(dora)).toContainEqual(expect.objectContaining(changed));
  expect(await eventsOf(dora, 'OAUTH_CLIENT_CHANGED')).toContainEqual({ subject: 'Watch' });
});

test('an address that is taken away is refused at once', async () => {
  const registration = await register(dora);
  const program = createProgram(origin, registration);
  expect((await openBrowser()(program.start())).status).toBe(200);
  await dora.client.query(UPDATE, {
    input: { id: registration.client.id, redirectUris: ['https://new.example.org/'] },
  });
  const { status, url } = await openBrowser()(program.start());
  expect([status, url.origin]).toEqual([400, origin]);
});

test('a scope that is taken from a client is not in its next access tokens', async () => {
  const registration = await register(dora);
  const program = createProgram(origin, registration);
  const tokens = await program.getTokens(ada);
  expect(decodeJwt(tokens.access_token)).toMatchObject({ scope: 'profile datasets:read' });
  const { url } = await program.ask(ada);
  await dora.client.query(UPDATE, { input: { id: registration.client.id, scopes: ['profile'] } });
  for (const next of [await program.refresh(tokens), await program.redeem(url)])
    expect(decodeJwt(next.access_token)).toMatchObject({ scope: 'profile' });
  const more = await program.refresh(tokens, { scope: 'openid datasets:read' });
  expect(decodeJwt(more.access_token).scope).toBeFalsy();

  // Given back, it is asked about again: nobody allowed it to the client that lost it.
  const { id, scopes } = registration.client;
  await dora.client.query(UPDATE, { input: { id, scopes } });
  for (const changes of [{}, { scope: 'openid datasets:read' }]) {
    const { access_token } = await program.refresh(tokens, changes);
    expect(String(decodeJwt(access_token).scope)).not.toContain('datasets:read');
  }
  const visit = openBrowser();
  const again = await program.ask(ada, { visit });
  expect(again.consent).toContain('read your datasets');
  const allowed = await program.redeem(again.url);
  expect(decodeJwt(allowed.access_token)).toMatchObject({ scope: 'profile datasets:read' });
});

test.each(['account', 'datasets:write', 'openid profile account'])(
  'no client that did not register it gets the scope in "%s", whichever way it asks',
  async (scope) => {
    const registration = await register(dora, { clientCredentials: true });
    const program = createProgram(origin, registration);
    const { url } = await openBrowser()(program.start({ scope }));
    expect(url.searchParams.get('error')).toBe('invalid_scope');

    const tokens = await program.getTokens(ada);
    expect((await program.refresh(tokens, { scope })).error).toBe('invalid_scope');
    const alone = { grant_type: 'client_credentials', scope };
    expect((await program.post('/token', alone)).error).toBe('invalid_scope');
    const pushed = Object.fromEntries(program.start({ scope }).searchParams);
    expect((await program.post('/request', pushed)).error).toBe('invalid_scope');
    const open = createProgram(origin, await register(dora, { type: PUBLIC }));
    expect((await open.post('/device/auth', { scope })).error).toBe('invalid_scope');
  },
);

test('with all scopes that there are, a program cannot manage the account', async () => {
  const program = createProgram(origin, await register(dora, { scopes: SCOPES }));
  const tokens = await program.getTokens(ada, { scope: `openid ${SCOPES.join(' ')}` });
  expect(await statusOf(tokens.access_token)).toBe(200);
  for (const attempt of [
    '{ viewer { oauthClients { id } } }',
    '{ viewer { grants { id } } }',
    '{ viewer { accessTokens { id } } }',
    'mutation { createAccessToken(input: { name: "Mine", scopes: ["profile"] }) { token } }',
    'mutation { registerOAuthClient(input: { name: "M", redirectUris: [], scopes: [] }) { clientSecret } }',
    'mutation { changePassword(input: { newPassword: "a new sentence" }) { viewer { id } } }',
    'mutation { signOutEverywhere { ended } }',
  ]) {
    const { errors } = await web.ask(tokens, attempt);
    expect(errors?.[0]?.extensions.code).toBe('UNAUTHORIZED_FIELD_OR_TYPE');
  }
});
