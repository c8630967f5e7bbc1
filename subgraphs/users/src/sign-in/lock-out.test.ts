import { signIn, signUp } from '@affluent/client/testing';
import { afterAll, expect, test } from 'vitest';

import { connect } from '../database.ts';
import { authorizationUrl, openBrowser } from '../testing/browser.ts';
import { openMailbox } from '../testing/mailbox.ts';
import { startUsersServer } from '../testing/users-server.ts';

const password = 'a sentence of their own';
const before = await startUsersServer();
for (const displayName of ['ada', 'eve', 'bob'])
  await signUp({
    origin: before.origin,
    email: `${displayName}@example.org`,
    password,
    displayName,
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

/** A browser at an address of its own, or a known one. */
function atSignIn(address: string, visit = openBrowser({ address })) {
  const post = async (form: Record<string, string>) => {
    // Asked afresh, also where one is signed in.
    const { url } = await visit(authorizationUrl(origin, { prompt: 'login' }));
    return visit(url.href, form);
  };
  return { visit, post };
}

/** Wrong passwords from many addresses, until nobody unknown may try any more. */
async function attack(email: string): Promise<void> {
  const strangers = Array.from({ length: 21 }, (_, n) => atSignIn(`198.18.0.${n}`));
  await Promise.all(
    strangers.map(async ({ post }) => {
      for (let n = 0; n < 5; n++) await post({ email, password: 'wrong-password' });
    }),
  );
}

test('thirty guesses at once from one address: five are checked, then it waits; elsewhere the owner gets in', async () => {
  const email = 'eve@example.org';
  const { visit } = atSignIn('203.0.113.5');
  const { url } = await visit(authorizationUrl(origin));
  const guesses = await Promise.all(
    Array.from({ length: 30 }, () => visit(url, { email, password: 'wrong-password' })),
  );
  expect(guesses.filter(({ status }) => status === 401)).toHaveLength(5);
  const refused = guesses.filter(({ status }) => status === 429);
  expect(refused).toHaveLength(25);
  for (const { headers, body } of refused) {
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    expect(body).toContain('Too many wrong passwords');
  }
  await expect(signIn({ origin, email, password })).resolves.toBeDefined();
});

test('an attack from many addresses locks out no known device, and a link by mail makes one; the owner is notified once', async () => {
  const email = 'ada@example.org';
  const known = atSignIn('192.0.2.1');
  expect((await known.post({ email, password })).body).toContain('Allow');
  await attack(email);
  const stranger = atSignIn('192.0.2.2');
  expect((await stranger.post({ email, password })).status).toBe(429);
  // The same browser at another address; a wrong password is wrong there too.
  expect((await known.post({ email, password: 'wrong-password' })).status).toBe(401);
  expect((await known.post({ email, password })).body).toContain('Allow');

  const notice = await mailbox.take(email);
  expect(notice.subject).toBe('Wrong passwords for your Affluent account');
  expect(notice.text).toMatch(/network address (198\.18\.0\.\d+|192\.0\.2\.1)/);

  const { url } = await stranger.visit(authorizationUrl(origin));
  await stranger.visit(`${url.href}/forgot`, { email });
  const { link } = await mailbox.take(email);
  const token = new URL(link).searchParams.get('token') ?? '';
  const changed = 'another sentence of their own';
  await stranger.visit(link.split('?')[0]!, { token, password: changed });
  expect((await stranger.post({ email, password: changed })).body).toContain('Allow');
  expect((await mailbox.take(email)).subject).toContain('password was changed');
  expect(mailbox.countFor(email)).toBe(0);
});

test('the cookie of a known device helps with the accounts that it has signed in to only', async () => {
  const email = 'bob@example.org';
  await attack(email);
  const eves = atSignIn('192.0.2.3');
  expect((await eves.post({ email: 'eve@example.org', password })).body).toContain('Allow');
  expect((await eves.post({ email, password })).status).toBe(429);
});

test('names that nobody has leave nothing in the audit log, however many are tried', async () => {
  const { post } = atSignIn('192.0.2.4');
  const countEvents = async (): Promise<unknown> =>
    (await orm.em.fork().execute('SELECT count(*) FROM audit_events WHERE actor_id IS NULL'))[0];
  const events = await countEvents();
  for (let n = 0; n < 3; n++)
    expect((await post({ email: `nobody-${n}@example.org`, password })).status).toBe(401);
  expect(await countEvents()).toEqual(events);
});
