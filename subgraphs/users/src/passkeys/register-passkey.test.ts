import { randomBytes } from 'node:crypto';

import { afterAll, expect, test, vi } from 'vitest';

import { connect } from '../database.ts';
import { createAuthenticator, type Lie } from '../testing/authenticator.ts';
import {
  addPasskey,
  type CreationOptions,
  finishRegistration,
  passkeysOf,
  startRegistration,
} from '../testing/passkeys.ts';
import { join, makePerson, makeWorkspace, type Person } from '../testing/people.ts';
import { startUsersServer } from '../testing/users-server.ts';

const server = await startUsersServer();
const orm = await connect(server.config.DATABASE_URL);
afterAll(async () => {
  await orm.close();
  await server[Symbol.asyncDispose]();
});
const { origin } = server;

const codeOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'done',
    (error: { code: string }) => error.code,
  );

const rename = ({ client }: Person, id: string, name: string) =>
  client.query(
    'mutation ($id: ID!, $name: String!) { renamePasskey(input: { id: $id, name: $name }) { passkey { name } } }',
    { id, name },
  );

const remove = ({ client }: Person, id: string) =>
  client.query('mutation ($id: ID!) { removePasskey(id: $id) { removedId } }', { id });

test('a passkey names its person by itself, asks who uses it, and is made once a device', async () => {
  const ada = await makePerson(origin, 'ada');
  const { device, passkey } = await addPasskey(ada, origin, '  Laptop ');
  expect(passkey).toMatchObject({ name: 'Laptop', isBackedUp: false, lastUsedAt: null });
  const options = await startRegistration(ada);
  expect(options).toMatchObject({
    rp: { id: new URL(origin).hostname },
    user: { id: Buffer.from(ada.id).toString('base64url') },
    attestation: 'none',
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    excludeCredentials: [{ id: device.id, transports: ['internal'] }],
  });
  const bob = await makePerson(origin, 'bob');
  const others = await startRegistration(bob);
  expect(await codeOf(finishRegistration(bob, device.register(others)))).toBe('CONFLICT');
  expect(await passkeysOf(bob)).toEqual([]);
});

test.each<[string, Lie]>([
  ['another origin', { client: { origin: 'https://evil.example' } }],
  ['another site', { rpId: 'evil.example' }],
  ['nobody recognised', { isVerified: false }],
  ['nobody present', { isPresent: false }],
  ['a sign-in', { client: { type: 'webauthn.get' } }],
  ['a challenge of its own', { client: { challenge: randomBytes(32).toString('base64url') } }],
  ['a condition for a challenge', { client: { challenge: { $ne: '' } } }],
  ['a challenge with a NUL', { client: { challenge: 'a\0' } }],
])('what a device answers with %s makes no passkey', async (_, lie) => {
  const eve = await makePerson(origin, 'eve');
  const response = createAuthenticator(origin).register(await startRegistration(eve), lie);
  expect(await codeOf(finishRegistration(eve, response))).toBe('BAD_USER_INPUT');
  expect(await passkeysOf(eve)).toEqual([]);
});

test('a challenge counts for the one who asked, for five minutes and once', async () => {
  const [ada, eve] = await Promise.all(['ada', 'eve'].map((name) => makePerson(origin, name)));
  const options = await startRegistration(ada!);
  const use = (person: Person, of: CreationOptions) =>
    codeOf(finishRegistration(person, createAuthenticator(origin).register(of)));
  expect(await use(eve!, options)).toBe('BAD_USER_INPUT');
  const outcomes = await Promise.all([1, 2, 3, 4].map(() => use(ada!, options)));
  expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(1);

  const old = await startRegistration(ada!);
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 5 * 60_000 });
  try {
    expect(await use(ada!, old)).toBe('BAD_USER_INPUT');
  } finally {
    vi.useRealTimers();
  }
});

test('what is no answer of a device is refused as such, and odd words about the way to it are left out', async () => {
  const eve = await makePerson(origin, 'eve');
  for (const response of [{}, { id: 'x', rawId: 'x', type: 'public-key' }, { response: null }])
    expect(await codeOf(finishRegistration(eve, response))).toBe('BAD_USER_INPUT');
  const long = createAuthenticator(origin, { credentialId: randomBytes(1024) });
  const answer = long.register(await startRegistration(eve));
  expect(await codeOf(finishRegistration(eve, answer))).toBe('BAD_USER_INPUT');

  const ada = await makePerson(origin, 'ada');
  for (const transports of ['internal', [{ a: 1 }], ['a\0'], Array(500).fill('usb')]) {
    const right = createAuthenticator(origin).register(await startRegistration(ada));
    const odd = { ...right, response: { ...right.response, transports } };
    expect(await codeOf(finishRegistration(ada, odd))).toBe('done');
  }
  const { excludeCredentials } = await startRegistration(ada);
  expect(excludeCredentials.map((known) => ({ ...known, id: '' }))).toEqual(
    Array(4).fill({ id: '', type: 'public-key', transports: [] }),
  );
});

test('a person has at most twenty passkeys, however many are added at once', async () => {
  const ada = await makePerson(origin, 'ada');
  const outcomes = await Promise.all(
    Array.from({ length: 22 }, () => codeOf(addPasskey(ada, origin))),
  );
  expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(20);
  expect(outcomes.filter((outcome) => outcome === 'CONFLICT')).toHaveLength(2);
  expect(await passkeysOf(ada)).toHaveLength(20);
});

test('passkeys are seen, renamed and removed by their person alone', async () => {
  const [ada, bob] = await Promise.all(['ada', 'bob'].map((name) => makePerson(origin, name)));
  const workspaceId = await makeWorkspace(ada!);
  await join(ada!, bob!, { workspaceId, role: 'OWNER' });
  const { passkey } = await addPasskey(ada!, origin);
  const query = 'query ($w: ID!) { workspace(id: $w) { members { user { id passkeys { id } } } } }';
  const { workspace } = await bob!.client.query<{
    workspace: { members: { user: { id: string; passkeys: object[] } }[] };
  }>(query, { w: workspaceId });
  expect(workspace.members.map(({ user }) => user)).toContainEqual({ id: ada!.id, passkeys: [] });

  expect(await codeOf(rename(bob!, passkey.id, 'Mine'))).toBe('NOT_FOUND');
  expect(await codeOf(remove(bob!, passkey.id))).toBe('NOT_FOUND');
  expect(await codeOf(remove(ada!, 'no id'))).toBe('NOT_FOUND');
  for (const name of ['', '  ', 'a\u0007', 'é'.repeat(81)])
    expect(await codeOf(rename(ada!, passkey.id, name))).toBe('BAD_USER_INPUT');
  await rename(ada!, passkey.id, 'é'.repeat(80));
  expect(await passkeysOf(ada!)).toMatchObject([{ name: 'é'.repeat(80) }]);
  await remove(ada!, passkey.id);
  expect(await passkeysOf(ada!)).toEqual([]);
  const events = await orm.em
    .fork()
    .execute<{ kind: string; subject: string }[]>(
      `SELECT kind, subject FROM audit_events WHERE actor_id = ? AND kind LIKE 'PASSKEY%' ORDER BY at`,
      [ada!.id],
    );
  expect(events).toEqual([
    { kind: 'PASSKEY_ADDED', subject: 'Laptop' },
    { kind: 'PASSKEY_REMOVED', subject: 'é'.repeat(80) },
  ]);
});

test('the last way to sign in stays, also when the last two are removed at once', async () => {
  const ada = await makePerson(origin, 'ada');
  const passkeys = [await addPasskey(ada, origin), await addPasskey(ada, origin)];
  // As an account that came from an outside identity provider, and was disconnected from it.
  await orm.em.fork().execute('UPDATE users SET password_hash = NULL WHERE id = ?', [ada.id]);
  const outcomes = await Promise.all(
    passkeys.map(({ passkey }) => codeOf(remove(ada, passkey.id))),
  );
  expect(outcomes.filter((outcome) => outcome === 'CONFLICT')).toHaveLength(1);
  expect(await passkeysOf(ada)).toHaveLength(1);
});
