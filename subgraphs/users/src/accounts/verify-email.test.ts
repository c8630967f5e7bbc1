import { signIn, signUp } from '@affluent/client/testing';
import { afterAll, expect, test } from 'vitest';

import { connect } from '../database.ts';
import { authorizationUrl, openBrowser } from '../testing/browser.ts';
import { openMailbox } from '../testing/mailbox.ts';
import { startUsersServer } from '../testing/users-server.ts';
import { asWebClient } from '../testing/web-client.ts';

const password = 'a sentence of their own';

// These accounts are from before there was a mail server: nobody has shown yet that they read the mail of the address.
const before = await startUsersServer();
for (const name of ['ada', 'victim', 'chatty'])
  await signUp({
    origin: before.origin,
    email: `${name}@example.org`,
    password,
    displayName: name,
  });
await before[Symbol.asyncDispose]();
const mailbox = await openMailbox();
const server = await startUsersServer({
  SMTP_URL: mailbox.url,
  DATABASE_URL: before.config.DATABASE_URL,
  ENCRYPTION_KEY: Buffer.from(before.config.ENCRYPTION_KEY).toString('base64url'),
});
const orm = await connect(server.config.DATABASE_URL);
afterAll(async () => {
  await orm.close();
  await server[Symbol.asyncDispose]();
  await mailbox[Symbol.asyncDispose]();
});
const { origin } = server;
const web = asWebClient(server);

const SEND = 'mutation { sendVerificationEmail { email } }';

/** Takes a link apart, into the page and what its form sends. */
const apart = (link: string) => ({
  url: link.split('?')[0]!,
  token: new URL(link).searchParams.get('token')!,
});

test('an address is confirmed by a press where one is signed in, or else with the password; once', async () => {
  const account = { origin, email: 'ada@example.org', password };
  const { visit, tokens } = await web.signIn(account);
  expect((await web.ask(tokens, SEND)).data).toEqual({
    sendVerificationEmail: { email: account.email },
  });
  const { link } = await mailbox.take(account.email);
  const { url, token } = apart(link);
  const stranger = openBrowser();
  expect((await stranger(link)).body).toContain('type="password"');
  expect((await stranger(url, { token })).status).toBe(401);
  expect((await stranger(url, { token, password: 'not this one' })).status).toBe(401);
  const isVerified = async () =>
    (await web.ask(tokens, '{ viewer { emailVerified } }')).data?.viewer;
  expect(await isVerified()).toEqual({ emailVerified: false });

  expect((await visit(link)).body).not.toContain('type="password"');
  expect((await visit(url, { token })).body).toContain('Your e-mail is confirmed');
  expect(await isVerified()).toEqual({ emailVerified: true });
  expect((await visit(url, { token })).status).toBe(400);
  expect((await web.ask(tokens, SEND)).errors).toMatchObject([
    { extensions: { code: 'CONFLICT' } },
  ]);
});

test('a person who proves to own an address gets the account without what others left in it', async () => {
  const email = 'victim@example.org';
  const squatter = await web.signIn({ email, password });
  const made = await web.ask(
    squatter.tokens,
    'mutation { createAccessToken(input: { name: "back door", scopes: ["profile"] }) { token } }',
  );
  expect(made.errors).toBeUndefined();

  const visit = openBrowser();
  const page = await visit(authorizationUrl(origin));
  await visit(`${page.url.href}/forgot`, { email });
  const { url, token } = apart((await mailbox.take(email)).link);
  expect((await visit(url, { token, password: 'the owner is here' })).status).toBe(200);

  expect((await web.refresh(squatter.tokens)).status).toBe(400);
  const [left] = await orm.em.fork().execute<{ id: string; tokens: string }[]>(
    `SELECT id, (SELECT count(*) FROM access_tokens WHERE user_id = users.id) AS tokens
       FROM users WHERE email = ? AND email_verified_at IS NOT NULL`,
    [email],
  );
  expect(Number(left?.tokens)).toBe(0);
  const events = await orm.em
    .fork()
    .execute<{ kind: string; address: string | null }[]>(
      "SELECT kind, address FROM audit_events WHERE actor_id = ? AND kind IN ('EMAIL_VERIFIED', 'PASSWORD_CHANGED')",
      [left?.id],
    );
  expect(events.map(({ kind }) => kind).toSorted()).toEqual(['EMAIL_VERIFIED', 'PASSWORD_CHANGED']);
  expect(events.every(({ address }) => address !== null)).toBe(true);
});

test('nobody is written to more than five times in an hour, however often it is asked for at once', async () => {
  const email = 'chatty@example.org';
  const { tokens } = await web.signIn({ email, password });
  const answers = await Promise.all(Array.from({ length: 8 }, () => web.ask(tokens, SEND)));
  expect(answers.filter(({ errors }) => !errors)).toHaveLength(5);
  for (let n = 0; n < 5; n++) await mailbox.take(email);

  const visit = openBrowser();
  const page = await visit(authorizationUrl(origin));
  const asked = await visit(`${page.url.href}/forgot`, { email });
  expect(asked.body).toContain('Check your e-mail');
  // An address below the limit gets its mail after these, so theirs would have arrived by now.
  await visit(`${page.url.href}/forgot`, { email: 'ada@example.org' });
  await mailbox.take('ada@example.org');
  expect(mailbox.countFor(email)).toBe(0);
});

test('requests for a new password are limited by the network address, whatever account they name', async () => {
  const visit = openBrowser();
  const page = await visit(authorizationUrl(origin));
  const answers = await Promise.all(
    Array.from({ length: 25 }, (_, n) =>
      visit(`${page.url.href}/forgot`, { email: `nobody-${n}@example.org` }),
    ),
  );
  expect(answers.some(({ status }) => status === 429)).toBe(true);
  expect(answers.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(20);
  await expect(signIn({ origin, email: 'ada@example.org', password })).resolves.toBeDefined();
});
