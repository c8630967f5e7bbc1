import { afterAll, expect, test } from 'vitest';

import { connect } from '../database.ts';
import { makePerson, type Person } from '../testing/people.ts';
import { register, type RegisteredClient } from '../testing/program.ts';
import { startUsersServer } from '../testing/users-server.ts';

const server = await startUsersServer();
const orm = await connect(server.config.DATABASE_URL);
afterAll(async () => {
  await orm.close();
  await server[Symbol.asyncDispose]();
});
const [dora, mallory] = (await Promise.all(
  ['dora', 'mallory'].map((name) => makePerson(server.origin, name)),
)) as [Person, Person];

async function clientsOf({ client }: Person): Promise<RegisteredClient[]> {
  const { viewer } = await client.query<{ viewer: { oauthClients: RegisteredClient[] } }>(
    '{ viewer { oauthClients { name redirectUris } } }',
  );
  return viewer.oauthClients;
}

const of = (type: string, ...redirectUris: string[]) => ({ type, redirectUris });
const PUBLIC = 'PUBLIC';
const CONFIDENTIAL = 'CONFIDENTIAL';
const LONG = `https://watch.example.org/${'a'.repeat(2000)}`;
const MANY = Array.from({ length: 21 }, (_, n) => `https://a.example/${n}`);
const KEY = { kty: 'EC', crv: 'P-256', x: 'AAAA', y: 'AAAA' };

test.each<[string, Readonly<Record<string, unknown>>, RegExp]>([
  ['a name of nothing', { name: '' }, /name/],
  ['a name of spaces', { name: ' \t ' }, /name/],
  ['a name of 81 characters', { name: 'a'.repeat(81) }, /name/],
  ['a name of two lines', { name: 'River\nwatch' }, /name/],
  ['a name that turns the text around', { name: 'River \u202Ehctaw' }, /name/],
  ['a name with invisible characters', { name: 'Affluent\u200B' }, /name/],
  ['a relative address', of(PUBLIC, '/callback'), /address \/callback .*absolute/],
  ['no address', of(PUBLIC, ''), /address .*1 to 2000/],
  ['an address with a space', of(PUBLIC, 'https://a.example/ b'), /address .*spaces/],
  ['an address with a fragment', of(CONFIDENTIAL, 'https://a.example/#'), /address .*fragment/],
  ['a wildcard in the host', of(CONFIDENTIAL, 'https://*.a.example/'), /address .*wildcard/],
  ['a wildcard in the path', of(CONFIDENTIAL, 'https://a.example/*'), /address .*wildcard/],
  ['an address with credentials', of(PUBLIC, 'https://a@b.example/'), /address .*credentials/],
  ['a script', of(PUBLIC, 'javascript:alert(1)'), /address javascript:.*https/],
  ['a page in the address', of(PUBLIC, 'data:text/html,<p>'), /address data:.*https/],
  ['a file', of(PUBLIC, 'file:///etc/passwd'), /address file:.*https/],
  ['a scheme without a dot', of(PUBLIC, 'watch:/callback'), /address watch:.*https/],
  ['http elsewhere', of(PUBLIC, 'http://a.example/'), /address http:.*https/],
  ['http at a name', of(PUBLIC, 'http://localhost/'), /address http:.*https/],
  ['http nearly here', of(PUBLIC, 'http://127.0.0.1.a.example/'), /address http:.*https/],
  ['http for a server', of(CONFIDENTIAL, 'http://127.0.0.1/'), /address http:.*https/],
  ['an app as server', of(CONFIDENTIAL, 'com.example.app:/'), /address com.example.*public/],
  ['an address written otherwise', of(PUBLIC, 'https://A.example/../b'), /https:\/\/a.example\/b/],
  ['an address without an end', of(PUBLIC, LONG), /address .*2000/],
  ['a second bad address', of(PUBLIC, 'https://a.example/', 'ftp://b.c/'), /address ftp:/],
  ['21 addresses', of(PUBLIC, ...MANY), /20 addresses/],
  ['nowhere to go', of(PUBLIC), /redirect URI/],
  ['nothing to do', of(CONFIDENTIAL), /redirect URI/],
  ['no secret and no people', { type: PUBLIC, clientCredentials: true }, /public .* by itself/],
  ['a bad way out', { postLogoutRedirectUris: ['http://a.example/'] }, /address http:.*https/],
  ['a logo without TLS', { logoUri: 'http://a.example/logo.png' }, /logo/],
  ['a script for a logo', { logoUri: 'javascript:alert(1)' }, /logo/],
  ['a logo in the address', { logoUri: 'data:image/png;base64,AAAA' }, /logo/],
  ['a logo that ends the policy', { logoUri: "https://a.example;script-src'self'/" }, /logo/],
  ['a logo without an end', { logoUri: LONG }, /logo/],
  ['an unknown scope', { scopes: ['datasets:read', 'everything'] }, /scope "everything"/],
  ['a scope in two words', { scopes: ['profile account'] }, /scope "profile account"/],
  ['the scope of the account', { scopes: ['profile', 'account'] }, /scope "account"/],
  ['keys of a public client', { type: PUBLIC, jwks: { keys: [KEY] } }, /keys/],
  ['no keys', { jwks: { keys: [] } }, /key set/],
  ['a key that is none', { jwks: { keys: [KEY] } }, /key set .*EC/],
  ['a private key', { jwks: { keys: [{ ...KEY, d: 'AAAA' }] } }, /key set .*public/],
  ['a shared key', { jwks: { keys: [{ kty: 'oct', k: 'AAAA' }] } }, /key set/],
])('no client is registered with %s', async (_, changes, message) => {
  await expect(register(mallory, changes)).rejects.toMatchObject({
    code: 'BAD_USER_INPUT',
    message: expect.stringMatching(message),
  });
  expect(await clientsOf(mallory)).toEqual([]);
});

test.each([
  of(CONFIDENTIAL, 'https://a.example:8443/callback?tenant=1', 'https://b.example/'),
  of(PUBLIC, 'https://[::1]/callback'),
  of(PUBLIC, 'http://127.0.0.1:8080/callback', 'http://[::1]/callback'),
  of(PUBLIC, 'com.example.watch:/callback'),
])('addresses of $type clients may be $redirectUris', async (settings) => {
  const { client } = await register(dora, settings);
  expect(client).toMatchObject(settings);
});

test('a person has 50 clients at most, also when several are registered at once', async () => {
  const collector = await makePerson(server.origin, 'collector');
  await register(collector);
  await orm.em.fork().execute(
    `INSERT INTO oauth_clients (id, owner_id, client_id, name, type, redirect_uris, post_logout_redirect_uris, scopes, created_at)
     SELECT gen_random_uuid(), owner_id, gen_random_uuid(), name, type, redirect_uris, '{}', scopes, now()
     FROM oauth_clients, generate_series(1, 47) WHERE owner_id = ?`,
    [collector.id],
  );
  const attempts = await Promise.allSettled(Array.from({ length: 5 }, () => register(collector)));
  const reasons = attempts.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
  expect(reasons).toMatchObject(Array(3).fill({ code: 'CONFLICT' }));
  expect(await clientsOf(collector)).toHaveLength(50);
});
