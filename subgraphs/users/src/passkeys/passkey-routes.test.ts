import { createHash, randomBytes } from 'node:crypto';

import { decodeJwt } from 'jose';
import { afterAll, expect, test, vi } from 'vitest';

import { connect } from '../database.ts';
import { createAuthenticator, type Lie } from '../testing/authenticator.ts';
import { VERIFIER, openBrowser } from '../testing/browser.ts';
import { addPasskey, passkeysOf, startRegistration } from '../testing/passkeys.ts';
import { makePerson } from '../testing/people.ts';
import { startUsersServer } from '../testing/users-server.ts';
import { asWebClient } from '../testing/web-client.ts';

const server = await startUsersServer();
const orm = await connect(server.config.DATABASE_URL);
afterAll(async () => {
  await orm.close();
  await server[Symbol.asyncDispose]();
});
const { origin } = server;
const web = asWebClient(server);

/** A sign-in page in a browser of its own, and what its script gets and sends. */
async function openSignIn(language = 'en') {
  const visit = openBrowser({ language });
  const shown = await visit(web.start());
  const page = shown.url.href;
  const options = async () => {
    const { body } = await visit(`${page}/passkey/options`, {});
    return JSON.parse(body) as { readonly challenge: string } & Record<string, unknown>;
  };
  const send = async (assertion: object) => {
    const answer = await visit(`${page}/passkey`, { response: JSON.stringify(assertion) });
    const code = answer.url.searchParams.get('code');
    const problem = /role="alert"[^>]*>([^<]*)</.exec(answer.body)?.[1];
    return { status: answer.status, code, problem };
  };
  return { shown, options, send };
}

async function enroll(name = 'ada') {
  const person = await makePerson(origin, name);
  return { person, ...(await addPasskey(person, origin)) };
}

/** Signs in once. */
async function signIn(device: ReturnType<typeof createAuthenticator>, lie: Lie = {}) {
  const { options, send } = await openSignIn();
  return send(device.assert((await options()).challenge, lie));
}

const REFUSED = { status: 401, code: null, problem: 'This passkey cannot sign in here.' };

const failuresOf = (userId: string) =>
  orm.em
    .fork()
    .execute<{ subject: string; address: string }[]>(
      `SELECT subject, address FROM audit_events WHERE actor_id = ? AND kind = 'SIGN_IN_FAILED' ORDER BY at`,
      [userId],
    );

test('the page offers passkeys by a script that alone may run, to a browser that runs scripts', async () => {
  const { shown } = await openSignIn('fr');
  const script = /<script>([^]*)<\/script>/.exec(shown.body)![1]!;
  const hash = createHash('sha256').update(script).digest('base64');
  const policy = shown.headers.get('content-security-policy');
  expect(policy).toContain(`; script-src 'sha256-${hash}'; connect-src 'self'`);
  expect(shown.body).toMatch(/<form[^>]* id="passkey" hidden>/);
  expect(shown.body).toContain('autocomplete="username webauthn"');
  expect(shown.body).toContain('Se connecter avec une clé d’accès');
});

test('a passkey signs its person in, who need not say who they are', async () => {
  const { person, device } = await enroll();
  const { options, send } = await openSignIn();
  const asked = await options();
  expect(asked).toMatchObject({ rpId: new URL(origin).hostname, userVerification: 'required' });
  expect(asked).not.toHaveProperty('allowCredentials');
  const { code } = await send(device.assert(asked.challenge));
  const { tokens } = await web.askTokens({
    grant_type: 'authorization_code',
    code: code ?? '',
    redirect_uri: web.redirectUri,
    code_verifier: VERIFIER,
  });
  expect(decodeJwt(tokens.access_token).sub).toBe(person.id);
  expect((await passkeysOf(person))[0]?.lastUsedAt).not.toBeNull();
  const [event] = await orm.em
    .fork()
    .execute(
      `SELECT subject, address FROM audit_events WHERE actor_id = ? AND kind = 'SIGNED_IN' ORDER BY at DESC`,
      [person.id],
    );
  expect(event).toEqual({ subject: 'passkey', address: '127.0.0.1' });
});

const eve = await enroll('eve');
const mallory = await enroll('mallory');

test.each<[string, Lie]>([
  ['another origin', { client: { origin: 'https://evil.example' } }],
  ['another site', { rpId: 'evil.example' }],
  ['nobody recognised', { isVerified: false }],
  ['nobody present', { isPresent: false }],
  ['a registration', { client: { type: 'webauthn.create' } }],
  ['a challenge of its own', { client: { challenge: randomBytes(32).toString('base64url') } }],
  ['a condition for a challenge', { client: { challenge: { $ne: '' } } }],
  ['another person’s name', { userHandle: mallory.person.id }],
  ['no name', { userHandle: null }],
])('what a device signs with %s signs nobody in', async (_, lie) => {
  expect(await signIn(eve.device, lie)).toEqual(REFUSED);
  expect((await failuresOf(eve.person.id)).at(-1)).toEqual({
    subject: 'passkey',
    address: '127.0.0.1',
  });
  await orm.em.fork().execute('DELETE FROM sign_in_failures');
  expect(await signIn(eve.device)).toMatchObject({ status: 303 });
});

test('another person’s signature, a missing signature and an unknown passkey are refused in the same words', async () => {
  const { options, send } = await openSignIn();
  const as = async (device: ReturnType<typeof createAuthenticator>) =>
    device.assert((await options()).challenge, { userHandle: eve.person.id });
  const { id } = eve.device;
  expect(await send({ ...(await as(mallory.device)), id, rawId: id })).toEqual(REFUSED);
  const own = await as(eve.device);
  const response = { ...own.response, signature: Buffer.from('none').toString('base64url') };
  expect(await send({ ...own, response })).toEqual(REFUSED);
  expect(await send(await as(createAuthenticator(origin)))).toEqual(REFUSED);
  const invalid = { ...own, id: 'a\0', rawId: 'a\0' };
  expect(await send(invalid)).toMatchObject({ status: 400 });
});

test('a challenge counts once, for five minutes, in the sign-in that it was made for', async () => {
  const { person, device } = await enroll();
  const [first, second] = [await openSignIn(), await openSignIn()];
  const stolen = device.assert((await first.options()).challenge);
  expect(await second.send(stolen)).toEqual(REFUSED);
  const outcomes = await Promise.all([1, 2, 3, 4].map(() => first.send(stolen)));
  expect(outcomes.filter(({ status }) => status === 303)).toHaveLength(1);

  const registration = device.assert((await startRegistration(person)).challenge);
  expect(await second.send(registration)).toEqual(REFUSED);
  const late = device.assert((await second.options()).challenge);
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 5 * 60_000 });
  try {
    expect(await second.send(late)).toEqual(REFUSED);
  } finally {
    vi.useRealTimers();
  }
});

test('a counter that does not grow is that of a copy: it is refused, and the audit log says so', async () => {
  const { person, device } = await enroll();
  const at = async (counter: number) => (await signIn(device, { counter })).status;
  expect([await at(0), await at(0), await at(7), await at(8)]).toEqual([303, 303, 303, 303]);
  expect([await at(8), await at(7), await at(0)]).toEqual([401, 401, 401]);
  expect((await failuresOf(person.id)).map(({ subject }) => subject)).toEqual(
    Array(3).fill('passkey: it seems to be copied'),
  );
  // The device and its copy at the same moment: one of them is too late.
  const both = await Promise.all([at(9), at(9)]);
  expect(both.filter((status) => status === 303)).toHaveLength(1);
  expect(await at(2 ** 32 - 1)).toBe(303);
});

test('passwords that are guessed at an address, and wrong signatures, lock no passkey out', async () => {
  const { device } = await enroll('cleo');
  await orm.em.fork().execute(
    `INSERT INTO sign_in_failures (id, account, address, at)
     SELECT gen_random_uuid(), n::text, '127.0.0.1', now() FROM generate_series(1, 1000) AS n`,
  );
  const { options, send } = await openSignIn();
  const wrong = device.assert((await options()).challenge, { isVerified: false });
  const outcomes = await Promise.all(Array.from({ length: 12 }, () => send(wrong)));
  expect(outcomes.map(({ status }) => status)).toEqual(Array(12).fill(401));
  expect(await signIn(device)).toMatchObject({ status: 303 });
});
