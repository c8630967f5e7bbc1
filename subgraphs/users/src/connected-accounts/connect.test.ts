import { createBrowser } from '@affluent/client/testing';
import { afterAll, expect, test } from 'vitest';

import { connect } from '../database.ts';
import { VERIFIER } from '../testing/browser.ts';
import { type Outsider, startOutsideProvider } from '../testing/outside-provider.ts';
import { startUsersServer } from '../testing/users-server.ts';
import { asWebClient, type Tokens } from '../testing/web-client.ts';

// The provider wants to know our address before we listen at it.
const before = await startUsersServer();
await before[Symbol.asyncDispose]();
const { origin } = before;
const outside = await startOutsideProvider(`${origin}/oidc/callback/elsewhere`);
const elsewhere = {
  id: 'elsewhere',
  name: 'Elsewhere',
  issuer: outside.issuer,
  clientId: 'affluent',
  clientSecret: 'between-us',
};
const server = await startUsersServer({
  PORT: new URL(origin).port,
  PUBLIC_URL: origin,
  IDENTITY_PROVIDERS: JSON.stringify([elsewhere]),
});
const orm = await connect(server.config.DATABASE_URL);
const web = asWebClient({ origin, config: server.config });
afterAll(async () => {
  await orm.close();
  await server[Symbol.asyncDispose]();
  await outside[Symbol.asyncDispose]();
});

const CONNECT = `${origin}/oidc/connect/elsewhere`;
const grace: Outsider = { sub: 'grace', email: 'grace@elsewhere.example', email_verified: true };

/** A browser that goes to the provider and back, and stops where the web client begins. */
const newBrowser = () =>
  createBrowser({ stopAt: ({ href }) => /\/(session\/callback|account)(\?|$)/.test(href) }).visit;

/** A person with a password, signed in in a browser of their own. */
const signUp = (name: string) =>
  web.signIn(
    { displayName: name, email: `${name}@example.org`, password: 'a sentence of their own' },
    { visit: newBrowser() },
  );

/** Goes to the provider and back; shown is what is to be confirmed. */
async function setOut(visit: ReturnType<typeof newBrowser>, outsider: Outsider) {
  outside.signIn(outsider);
  const shown = await visit(CONNECT);
  return { shown, ticket: /name="ticket" value="([\w-]+)"/.exec(shown.body)?.[1] ?? '' };
}

/** Signs in by the provider, in a new browser. */
async function signInFrom(outsider: Outsider): Promise<Tokens> {
  outside.signIn(outsider);
  const visit = newBrowser();
  const { url } = await visit(web.start());
  const page = await visit(`${url.href}/with/elsewhere`, {});
  const href = /<a href="([^"]+)"/.exec(page.body)![1]!.replaceAll('&amp;', '&');
  const back = await visit(href);
  const { tokens } = await web.askTokens({
    grant_type: 'authorization_code',
    code: back.url.searchParams.get('code') ?? '',
    redirect_uri: web.redirectUri,
    code_verifier: VERIFIER,
  });
  return tokens;
}

interface Viewer {
  readonly id: string;
  readonly hasPassword: boolean;
  readonly connectedAccounts: readonly { readonly id: string; readonly email: string }[];
}

async function viewerOf(tokens: Tokens): Promise<Viewer> {
  const query = '{ viewer { id hasPassword connectedAccounts { id email } } }';
  return (await web.ask(tokens, query)).data!.viewer as Viewer;
}

const signedInMinutesAgo = (minutes: number, userId: string) =>
  orm.em
    .fork()
    .execute(`UPDATE sessions SET created_at = now() - ? * interval '1 minute' WHERE user_id = ?`, [
      minutes,
      userId,
    ]);

/** The session as the provider itself keeps it. */
const provedMinutesAgo = (minutes: number, userId: string) =>
  orm.em.fork().execute(
    `UPDATE oidc_payloads
     SET payload = jsonb_set(payload, '{loginTs}', to_jsonb(extract(epoch FROM now())::int - ? * 60))
     WHERE model = 'Session' AND payload->>'accountId' = ?`,
    [minutes, userId],
  );

test('an account elsewhere is connected once the person has seen whose it is; then it signs in here', async () => {
  const { visit, tokens } = await signUp('ada');
  const { shown, ticket } = await setOut(visit, grace);
  expect(shown.body).toContain('Connect Elsewhere?');
  expect(shown.body).toContain(
    'grace@elsewhere.example will then be able to sign in as ada@example.org',
  );
  expect((await viewerOf(tokens)).connectedAccounts).toEqual([]);

  const done = await visit(`${CONNECT}/confirm`, { ticket });
  expect(done.url.href).toBe(`${origin}/account`);
  const viewer = await viewerOf(tokens);
  expect(viewer.connectedAccounts).toMatchObject([{ email: grace.email }]);
  expect((await visit(`${CONNECT}/confirm`, { ticket })).status).toBe(400);
  expect((await viewerOf(await signInFrom(grace))).id).toBe(viewer.id);

  const events = await orm.em
    .fork()
    .execute(
      'SELECT kind, subject, address IS NOT NULL AS seen FROM audit_events WHERE actor_id = ? ORDER BY at',
      [viewer.id],
    );
  expect(events).toEqual([
    { kind: 'ACCOUNT_CREATED', subject: 'ada@example.org', seen: true },
    { kind: 'SIGNED_IN', subject: 'password', seen: true },
    { kind: 'ACCOUNT_CONNECTED', subject: 'Elsewhere: grace@elsewhere.example', seen: true },
    { kind: 'SIGNED_IN', subject: 'Elsewhere', seen: true },
  ]);
});

test('an account elsewhere belongs to one account here', async () => {
  const { visit, tokens } = await signUp('bob');
  const { ticket } = await setOut(visit, grace);
  const refused = await visit(`${CONNECT}/confirm`, { ticket });
  expect(refused.status).toBe(409);
  expect((await viewerOf(tokens)).connectedAccounts).toEqual([]);
});

test('an account elsewhere cannot be connected with another person’s account here', async () => {
  const attacker = await signUp('mallory');
  const victim = await signUp('victor');
  const { ticket } = await setOut(attacker.visit, { ...grace, sub: 'mallory' });
  // Neither the page nor the form of the attacker's browser is of use in the victim's, nor in nobody's.
  expect((await victim.visit(`${CONNECT}/confirm?ticket=${ticket}`)).status).toBe(400);
  expect((await victim.visit(`${CONNECT}/confirm`, { ticket })).status).toBe(400);
  expect((await newBrowser()(`${CONNECT}/confirm`, { ticket })).status).toBe(400);
  expect((await viewerOf(victim.tokens)).connectedAccounts).toEqual([]);
  expect((await attacker.visit(`${CONNECT}/confirm`, { ticket })).url.pathname).toBe('/account');
});

test('to connect an account, one has signed in a short while ago', async () => {
  const { visit, tokens } = await signUp('carol');
  await provedMinutesAgo(16, (await viewerOf(tokens)).id);
  const { shown } = await setOut(visit, { ...grace, sub: 'carol' });
  expect(shown.status).toBe(403);
  expect(shown.body).toContain('Sign in again');
  expect(shown.body).toContain('/session/sign-in?prompt=login&amp;return_to=%2Foidc%2Fconnect');
});

test('who has no password sets one soon after signing in; only then the connected account may go', async () => {
  const tokens = await signInFrom({ ...grace, sub: 'dan', email: 'dan@elsewhere.example' });
  const { id, hasPassword, connectedAccounts } = await viewerOf(tokens);
  expect(hasPassword).toBe(false);
  const disconnect = `mutation { disconnectAccount(id: "${connectedAccounts[0]!.id}") { disconnectedId } }`;
  const setPassword =
    'mutation { changePassword(input: { newPassword: "a first sentence" }) { viewer { hasPassword } } }';
  const refusedWith = (code: string) => ({ errors: [{ extensions: { code } }] });
  expect(await web.ask(tokens, disconnect)).toMatchObject(refusedWith('CONFLICT'));

  await signedInMinutesAgo(16, id);
  expect(await web.ask(tokens, setPassword)).toMatchObject(refusedWith('RECENT_SIGN_IN_REQUIRED'));
  await signedInMinutesAgo(1, id);
  expect((await web.ask(tokens, setPassword)).errors).toBeUndefined();
  expect((await web.ask(tokens, disconnect)).errors).toBeUndefined();
  expect(await viewerOf(tokens)).toMatchObject({ hasPassword: true, connectedAccounts: [] });
});
