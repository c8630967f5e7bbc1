import { createBrowser, signIn, signUp } from '@affluent/client/testing';
import { runOperation } from '@affluent/subgraph/testing';
import { afterAll, expect, test } from 'vitest';

import { connect } from '../database.ts';
import { authorizationUrl, VERIFIER } from '../testing/browser.ts';
import { type Outsider, startOutsideProvider } from '../testing/outside-provider.ts';
import { startUsersServer } from '../testing/users-server.ts';

// The provider's address and ours are in each other's settings: ours is known only once it listens.
const ours = await startUsersServer();
await ours[Symbol.asyncDispose]();
const { origin } = ours;
const outside = await startOutsideProvider(`${origin}/oidc/callback/elsewhere`);
const server = await startUsersServer({
  PORT: new URL(origin).port,
  PUBLIC_URL: origin,
  IDENTITY_PROVIDERS: JSON.stringify([
    {
      id: 'elsewhere',
      name: 'Elsewhere',
      issuer: outside.issuer,
      clientId: 'affluent',
      clientSecret: 'between-us',
    },
    { id: 'gone', name: 'Gone', issuer: 'http://127.0.0.1:9', clientId: 'x', clientSecret: 'y' },
  ]),
});
const orm = await connect(server.config.DATABASE_URL);
afterAll(async () => {
  await orm.close();
  await server[Symbol.asyncDispose]();
  await outside[Symbol.asyncDispose]();
});

const newBrowser = () =>
  createBrowser({ stopAt: ({ href }) => href.startsWith('http://127.0.0.1/callback') });

/** Presses "Continue with Elsewhere" and follows to where the page leads. @returns the browser and the address of the provider. */
async function setOut(id = 'elsewhere', changes: Readonly<Record<string, string>> = {}) {
  const browser = newBrowser();
  const { url } = await browser.visit(authorizationUrl(origin, changes));
  const page = await browser.visit(`${url.href}/with/${id}`, {});
  const href = /<a href="([^"]+)"/.exec(page.body)?.[1]?.replaceAll('&amp;', '&') ?? '';
  return { ...browser, page, href };
}

/** Signs in with an account elsewhere, as a person would. @returns the last page. */
async function comeFrom(outsider: Outsider) {
  outside.signIn(outsider);
  const { visit, href } = await setOut();
  return visit(href);
}

const users = () => orm.em.fork().execute<{ count: string }[]>('SELECT count(*) FROM users');
const joan = { sub: 'joan', name: 'Joan', email: 'joan@elsewhere.example', email_verified: true };

test('the sign-in page offers the providers of the settings', async () => {
  const { visit } = newBrowser();
  const page = await visit(authorizationUrl(origin));
  expect(page.body).toContain('Continue with Elsewhere');
});

test('a new person gets an account without a password, and returns to the same one', async () => {
  expect((await comeFrom(joan)).body).toContain('Allow Affluent CLI?');
  expect((await comeFrom({ ...joan, email: 'joan@new.example' })).body).toContain(
    'Allow Affluent CLI?',
  );
  expect(
    await orm.em
      .fork()
      .execute('SELECT email, password_hash, email_verified_at IS NOT NULL AS seen FROM users'),
  ).toEqual([{ email: joan.email, password_hash: null, seen: true }]);
});

test('an address that the provider has not checked, or none, makes no account', async () => {
  const before = await users();
  for (const outsider of [
    { sub: 'kim', email: 'kim@example.org', email_verified: false },
    { sub: 'lee' },
  ])
    expect((await comeFrom(outsider)).status).toBe(403);
  expect(await users()).toEqual(before);
});

test('an account that nobody proved to read the mail of is not given to who comes from elsewhere', async () => {
  const victim = { origin, email: 'mia@example.org', password: 'a sentence of mine' };
  const client = await signUp({ ...victim, displayName: 'Mia' });
  const mia = { sub: 'mia', email: victim.email, email_verified: true };
  const refused = await comeFrom(mia);
  expect(refused.status).toBe(403);
  expect(refused.body).toContain('An account with mia@example.org already exists');
  await orm.em
    .fork()
    .execute("UPDATE users SET email_verified_at = now() WHERE email = 'mia@example.org'");
  expect((await comeFrom(mia)).body).toContain('Allow Affluent CLI?');
  const { viewer } = await client.query<{ viewer: { connectedAccounts: { id: string }[] } }>(
    '{ viewer { connectedAccounts { id email provider { id name connectUrl } } } }',
  );
  expect(viewer.connectedAccounts).toEqual([
    {
      id: expect.any(String),
      email: victim.email,
      provider: {
        id: 'elsewhere',
        name: 'Elsewhere',
        connectUrl: `${origin}/oidc/connect/elsewhere`,
      },
    },
  ]);
  const DISCONNECT = 'mutation ($id: ID!) { disconnectAccount(id: $id) { disconnectedId } }';
  await client.query(DISCONNECT, { id: viewer.connectedAccounts[0]!.id });
  await expect(signIn(victim)).resolves.toBeDefined();
});

test('the last way to sign in is not taken away', async () => {
  outside.signIn(joan);
  const { visit, href } = await setOut('elsewhere', { scope: 'openid account' });
  const consent = await visit(href);
  const action = /action="([^"]+\/consent)"/.exec(consent.body)![1]!;
  const { url } = await visit(new URL(action, origin), { answer: 'allow' });
  const response = await fetch(`${origin}/oidc/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: 'affluent-cli',
      code: url.searchParams.get('code')!,
      redirect_uri: 'http://127.0.0.1/callback',
      code_verifier: VERIFIER,
    }),
  });
  const { access_token: token } = (await response.json()) as { access_token: string };
  const { data } = await runOperation({
    url: origin,
    token,
    query: '{ viewer { connectedAccounts { id } } }',
  });
  const { viewer } = data as { viewer: { connectedAccounts: { id: string }[] } };
  const { errors } = await runOperation({
    url: origin,
    token,
    query: 'mutation ($id: ID!) { disconnectAccount(id: $id) { disconnectedId } }',
    variables: { id: viewer.connectedAccounts[0]!.id },
  });
  expect(errors?.[0]?.extensions.code).toBe('CONFLICT');
});

test('finishing a sign-in that another person began signs that person in nowhere', async () => {
  outside.signIn({
    sub: 'victim',
    name: 'Victim',
    email: 'victim@example.org',
    email_verified: true,
  });
  const attacker = await setOut();
  const before = await users();
  // The victim follows the attacker's link to the provider: back at our callback, their browser never set out.
  const victim = newBrowser();
  const led = await victim.visit(attacker.href);
  expect(led.status).toBe(400);
  expect(led.body).toContain('was not started here');
  expect(await users()).toEqual(before);
});

test('what came back once is worth nothing a second time, or in another state', async () => {
  outside.signIn(joan);
  const way = await setOut();
  const stop = createBrowser({ stopAt: ({ pathname }) => pathname.startsWith('/oidc/callback') });
  const { url } = await stop.visit(way.href);
  const forged = new URL(url);
  forged.searchParams.set('state', 'another');
  expect((await way.visit(forged)).status).toBe(400);
  const fresh = await setOut();
  const back = await stop.visit(fresh.href);
  const [first, second] = [await fresh.visit(back.url), await fresh.visit(back.url)];
  expect(first.body).toContain('Allow Affluent CLI?');
  expect(second.status).toBe(400);
});

test('a provider that does not answer is explained on the page', async () => {
  const { page } = await setOut('gone');
  expect(page.status).toBe(503);
  expect(page.body).toContain('Gone is not responding');
});

test('connecting requires a session here', async () => {
  const { status, body } = await newBrowser().visit(`${origin}/oidc/connect/elsewhere`);
  expect(status).toBe(403);
  expect(body).toContain('Sign in again');
});

test('of several sign-ins at the same instant each arrives, in an account that was there as in a new one', async () => {
  const lou = { sub: 'lou', name: 'Lou', email: 'lou@elsewhere.example', email_verified: true };
  const kit = { ...lou, sub: 'kit', email: 'kit@elsewhere.example' };
  await signUp({ origin, email: lou.email, password: 'a sentence', displayName: 'Lou' });
  await orm.em
    .fork()
    .execute('UPDATE users SET email_verified_at = now() WHERE email = ?', [lou.email]);
  for (const outsider of [lou, kit]) {
    outside.signIn(outsider);
    const browsers = await Promise.all(Array.from({ length: 6 }, () => setOut()));
    const pages = await Promise.all(browsers.map(({ visit, href }) => visit(href)));
    expect(pages.map(({ status }) => status)).toEqual(Array(6).fill(200));
    for (const { body } of pages) expect(body).toContain('Allow Affluent CLI?');
    const [found] = await orm.em
      .fork()
      .execute<{ count: string }[]>('SELECT count(*) FROM connected_accounts WHERE subject = ?', [
        outsider.sub,
      ]);
    expect(Number(found?.count)).toBe(1);
  }
});
