import { signIn } from '@affluent/client/testing';
import * as argon2 from '@node-rs/argon2';
import { afterAll, expect, test, vi } from 'vitest';

import { connect } from '../database.ts';
import { authorizationUrl, openBrowser } from '../testing/browser.ts';
import { openMailbox } from '../testing/mailbox.ts';
import { startUsersServer } from '../testing/users-server.ts';

// Counts the calls of the real functions.
vi.mock(import('@node-rs/argon2'), { spy: true });

const mailbox = await openMailbox();
const server = await startUsersServer({ SMTP_URL: mailbox.url });
const orm = await connect(server.config.DATABASE_URL);
afterAll(async () => {
  await orm.close();
  await server[Symbol.asyncDispose]();
  await mailbox[Symbol.asyncDispose]();
});
const { origin } = server;
const password = 'a sentence of their own';
const ada = { origin, email: 'ada@example.org', password };

const tokenOf = (link: string): string => new URL(link).searchParams.get('token') ?? '';

/** Opens the sign-in page in a browser of its own, and sends a form of it. */
async function atSignIn(language = 'en', address = '127.0.0.1') {
  const visit = openBrowser({ language, address });
  const { url } = await visit(authorizationUrl(origin));
  return {
    visit,
    post: (page: string, form: Record<string, string>) => visit(`${url.href}${page}`, form),
  };
}

const signUpForm = (email: string) => ({ displayName: 'Ada', email, password });

test('where mail is delivered, an account is made by the link in it, in the same browser with one press', async () => {
  const { visit, post } = await atSignIn();
  const answer = await post('/sign-up', signUpForm(ada.email));
  expect(answer.status).toBe(200);
  expect(answer.body).toContain('Check your e-mail');
  await expect(signIn(ada)).rejects.toThrow('incorrect');

  const { link } = await mailbox.take(ada.email);
  const shown = await visit(link);
  expect(shown.body).not.toContain('type="password"');
  // Programs that look through mail follow links: opening it has done nothing yet.
  await expect(signIn(ada)).rejects.toThrow('incorrect');
  const confirmed = await visit(link.split('?')[0]!, { token: tokenOf(link) });
  expect(confirmed.body).toContain('Allow Affluent CLI?');
  const client = await signIn(ada);
  expect(await client.query('{ viewer { emailVerified hasPassword } }')).toEqual({
    viewer: { emailVerified: true, hasPassword: true },
  });
});

test('in another browser the link wants the password as well', async () => {
  const email = 'eve@example.org';
  await (await atSignIn()).post('/sign-up', signUpForm(email));
  const { link } = await mailbox.take(email);
  const visit = openBrowser();
  expect((await visit(link)).body).toContain('type="password"');
  const url = link.split('?')[0]!;
  const token = tokenOf(link);
  expect((await visit(url, { token, password: 'not this one' })).status).toBe(401);
  expect((await visit(url, { token, password })).body).toContain('Your account is ready');
  await expect(signIn({ origin, email, password })).resolves.toBeDefined();
});

test('no answer says whether an address has an account, only mail does', async () => {
  const answers = await Promise.all(
    ['ada@example.org', 'nobody@example.org'].map(async (email) => {
      const { post } = await atSignIn();
      const up = await post('/sign-up', signUpForm(email));
      const forgot = await post('/forgot', { email });
      const plain = (body: string) =>
        body.replaceAll(email, 'E').replaceAll(/interaction\/[\w-]+/g, 'I');
      return [up.status, plain(up.body), forgot.status, plain(forgot.body)];
    }),
  );
  expect(answers[0]).toEqual(answers[1]);
  // Both are sent in the background, in whatever order.
  const mails = [await mailbox.take('ada@example.org'), await mailbox.take('ada@example.org')];
  expect(mails.map(({ subject }) => subject).toSorted()).toEqual([
    'A new password for Affluent',
    'You have an Affluent account already',
  ]);
  expect((await mailbox.take('nobody@example.org')).subject).toContain('Confirm');
  expect(mailbox.countFor('nobody@example.org')).toBe(0);
});

test('a forgotten password is set anew by a link that works once, and every session ends', async () => {
  const before = await signIn(ada);
  const { post, visit } = await atSignIn();
  await post('/forgot', { email: 'ADA@example.org' });
  const { link } = await mailbox.take(ada.email);
  expect((await visit(link)).body).toContain('Set a new password');
  const url = link.split('?')[0]!;
  const token = tokenOf(link);
  const common = await visit(url, { token, password: 'password1' });
  expect(common.status).toBe(422);
  expect(common.body).toContain('too easy to guess');
  const changed = 'another sentence of their own';
  const answers = await Promise.all(
    Array.from({ length: 4 }, () => visit(url, { token, password: changed })),
  );
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  expect((await visit(link)).status).toBe(400);
  await expect(signIn(ada)).rejects.toThrow('incorrect');
  await expect(signIn({ ...ada, password: changed })).resolves.toBeDefined();
  await expect(before.query('{ viewer { id } }')).rejects.toMatchObject({
    code: 'UNAUTHENTICATED',
  });
  expect((await mailbox.take(ada.email)).subject).toBe('Your Affluent password was changed');
});

test('links are worth nothing when their time is over', async () => {
  const { post, visit } = await atSignIn();
  await post('/forgot', { email: ada.email });
  const { link } = await mailbox.take(ada.email);
  await orm.em.fork().execute("UPDATE email_tokens SET expires_at = now() - interval '1 second'");
  expect((await visit(link)).status).toBe(400);
  const url = link.split('?')[0]!;
  expect((await visit(url, { token: tokenOf(link), password: 'a third sentence' })).status).toBe(
    400,
  );
});

test('passwords that others try first are refused, and long ones of any characters are not', async () => {
  for (const wrong of ['password1', 'PassWord1', 'Affluent', 'x1y2z3w', 'zoe@example.org']) {
    const { post } = await atSignIn();
    const form = { displayName: 'Zoe', email: 'zoe@example.org', password: wrong };
    expect((await post('/sign-up', form)).status).toBe(422);
  }
  const { post } = await atSignIn();
  const form = { displayName: 'Zoe', email: 'zoe@example.org', password: '🌊'.repeat(64) };
  expect((await post('/sign-up', form)).status).toBe(200);
});

test('changing the password needs the present one, ends other sessions and keeps this one', async () => {
  const email = 'eve@example.org';
  const [one, other] = [
    await signIn({ origin, email, password }),
    await signIn({ origin, email, password }),
  ];
  const CHANGE = `mutation ($input: ChangePasswordInput!) { changePassword(input: $input) { viewer { id } } }`;
  const change = (currentPassword: string, newPassword: string) =>
    one.query(CHANGE, { input: { currentPassword, newPassword } });
  await expect(change('not this one', 'a new sentence')).rejects.toMatchObject({
    code: 'FORBIDDEN',
  });
  await expect(change(password, 'password1')).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
  await change(password, 'a new sentence');
  await expect(one.query('{ viewer { id } }')).resolves.toBeDefined();
  await expect(other.query('{ viewer { id } }')).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  expect((await mailbox.take(email)).subject).toContain('password was changed');
});

test('credentials that outlive a session need a sign-in of the last 15 minutes, and their owner gets mail', async () => {
  const email = 'eve@example.org';
  const eve = await signIn({ origin, email, password: 'a new sentence' });
  const { registerOAuthClient: registered } = await eve.query<{
    registerOAuthClient: { client: { id: string } };
  }>(
    'mutation { registerOAuthClient(input: { name: "R", redirectUris: ["https://a.example/"], scopes: ["profile"] }) { client { id } } }',
  );
  const MAKE_TOKEN =
    'mutation { createAccessToken(input: { name: "T", scopes: ["profile"] }) { token } }';
  await eve.query(MAKE_TOKEN);
  expect((await mailbox.take(email)).subject).toContain('A program can act');

  await orm.em.fork().execute(
    `UPDATE sessions SET created_at = created_at - interval '16 minutes'
     WHERE user_id = (SELECT id FROM users WHERE email = ?)`,
    [email],
  );
  for (const late of [
    MAKE_TOKEN,
    'mutation { startPasskeyRegistration { options } }',
    'mutation { finishPasskeyRegistration(input: { name: "P", response: {} }) { passkey { id } } }',
    `mutation { removePasskey(id: "${crypto.randomUUID()}") { removedId } }`,
    `mutation { updateOAuthClient(input: { id: "${registered.client.id}", clientCredentials: true }) { client { id } } }`,
    'mutation { registerOAuthClient(input: { name: "M", redirectUris: [], clientCredentials: true, scopes: [] }) { clientSecret } }',
  ])
    await expect(eve.query(late)).rejects.toMatchObject({
      code: 'RECENT_SIGN_IN_REQUIRED',
      message: expect.stringContaining('15 minutes'),
    });
  // A change that grants nothing needs none.
  await eve.query(
    `mutation { updateOAuthClient(input: { id: "${registered.client.id}", name: "S" }) { client { id } } }`,
  );
  expect(mailbox.countFor(email)).toBe(0);
});

test('mail speaks the language of the page', async () => {
  const { post } = await atSignIn('fr');
  await post('/sign-up', signUpForm('chloe@example.org'));
  expect((await mailbox.take('chloe@example.org')).text).toContain('confirmez');
});

test('a wrong password costs one check of the same kind, with an account or without', async () => {
  vi.mocked(argon2.verify).mockClear();
  for (const email of ['ada@example.org', 'nobody@example.org']) {
    const { post } = await atSignIn();
    expect((await post('', { email, password: 'not the password' })).status).toBe(401);
  }
  const checked = vi.mocked(argon2.verify).mock.calls.map(([hash]) => String(hash));
  expect(checked).toHaveLength(2);
  // The parameters decide how long a check takes: `$argon2id$v=19$m=19456,t=2,p=1$salt$hash`.
  const [known, unknown] = checked.map((hash) => hash.split('$').slice(0, 4).join('$'));
  expect(known).toMatch(/^\$argon2id\$/);
  expect(unknown).toBe(known);
});
