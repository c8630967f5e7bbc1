import { createHash } from 'node:crypto';

import { signIn, signUp } from '@affluent/client/testing';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { afterAll, expect, test, vi } from 'vitest';

import { authorizationUrl, openBrowser } from '../testing/browser.ts';
import { startUsersServer } from '../testing/users-server.ts';

const server = await startUsersServer();
afterAll(() => server[Symbol.asyncDispose]());
const { origin } = server;

const ada = { origin, email: 'Ada@example.org', password: 'difference-engine', displayName: 'Ada' };
const client = await signUp(ada);

/** Opens the sign-in page in a browser of its own; `post` sends its form. */
async function openSignIn(language = 'en') {
  const visit = openBrowser({ language });
  const shown = await visit(authorizationUrl(origin));
  const post = (form: Record<string, string>, page = '') => visit(`${shown.url.href}${page}`, form);
  return { shown, post };
}

test('a new account gets a token for the graph, and a workspace that it owns', async () => {
  const token = await client.accessToken();
  expect(decodeProtectedHeader(token)).toMatchObject({ alg: 'ES256', typ: 'at+jwt' });
  const claims = decodeJwt(token);
  expect(claims).toMatchObject({
    iss: `${origin}/oidc`,
    aud: `${origin}/graphql`,
    client_id: 'affluent-cli',
  });
  expect(claims.exp! - claims.iat!).toBe(300);
  expect(String(claims.scope).split(' ')).toContain('datasets:write');
  expect(
    await client.query(
      '{ viewer { id email displayName memberships { role workspace { name } } } }',
    ),
  ).toEqual({
    viewer: {
      id: claims.sub,
      email: 'Ada@example.org',
      displayName: 'Ada',
      memberships: [{ role: 'OWNER', workspace: { name: "Ada's workspace" } }],
    },
  });
});

test('a wrong password and an unknown e-mail address are refused in the same words', async () => {
  const wrong = 'The e-mail or password is incorrect.';
  await expect(signIn({ ...ada, password: 'something-else' })).rejects.toThrow(wrong);
  await expect(signIn({ ...ada, email: 'nobody@example.org' })).rejects.toThrow(wrong);
  await expect(signIn({ ...ada, email: 'ADA@EXAMPLE.ORG' })).resolves.toBeDefined();
});

test('an address that has an account, a short password and a bad address are refused with the reason', async () => {
  await expect(signUp({ ...ada, email: 'ada@example.ORG' })).rejects.toThrow(
    'An account cannot be created with this e-mail',
  );
  await expect(signUp({ ...ada, email: 'b@example.org', password: 'short' })).rejects.toThrow(
    '8 to 128 characters',
  );
  await expect(signUp({ ...ada, email: 'not an address' })).rejects.toThrow(
    'Enter an e-mail address',
  );
});

test('the pages speak French to those who prefer it, and escape what they repeat', async () => {
  const { shown, post } = await openSignIn('fr-FR,fr;q=0.9,en;q=0.5');
  expect(shown.body).toContain('Se connecter');
  const refused = await post({ email: '"><script>alert(1)</script>', password: 'x' });
  expect(refused.status).toBe(401);
  expect(refused.body).toContain('&quot;&gt;&lt;script&gt;');
  expect(refused.body).not.toContain('<script>alert');
});

test('a page may load nothing and run nothing but its own style', async () => {
  const { shown } = await openSignIn();
  const policy = shown.headers.get('content-security-policy');
  const style = /<style>([^]*)<\/style>/.exec(shown.body)![1]!;
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).toContain(
    `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  );
  expect(shown.headers.get('cache-control')).toBe('no-store');
});

test.each([
  ['a NUL in the address', 'email=a%00&password=x', 'application/x-www-form-urlencoded'],
  ['a field that comes twice', 'email=a&email=b', 'application/x-www-form-urlencoded'],
  ['JSON', '{"email":"a"}', 'application/json'],
  ['more than a form holds', `email=${'a'.repeat(20_000)}`, 'application/x-www-form-urlencoded'],
])(
  'a post with %s is refused with a page that tells nothing of the inside',
  async (_, body, type) => {
    const start = await fetch(authorizationUrl(origin), { redirect: 'manual' });
    const cookie = start.headers.getSetCookie().map((line) => line.split(';')[0]);
    const response = await fetch(new URL(start.headers.get('location')!, origin), {
      method: 'POST',
      headers: { 'content-type': type, cookie: cookie.join('; ') },
      body,
    });
    expect(response.status).toBe(400);
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    const page = await response.text();
    expect(page).toContain('This request was refused');
    expect(page).not.toMatch(/node_modules|Exception|ZodError/);
  },
);

test('an access token that ends is replaced once for all who wait', async () => {
  const first = await client.accessToken();
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 290_000 });
  try {
    const [one, other] = await Promise.all([client.accessToken(), client.accessToken()]);
    expect(one).not.toBe(first);
    expect(other).toBe(one);
  } finally {
    vi.useRealTimers();
  }
});

test('keys and accounts outlive a restart', async () => {
  const token = await client.accessToken();
  await server.restart();
  expect(await client.accessToken()).toBe(token);
  expect(await client.query('{ viewer { displayName } }')).toEqual({
    viewer: { displayName: 'Ada' },
  });
});
