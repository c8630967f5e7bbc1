import { signIn, signUp } from '@affluent/client';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { afterAll, expect, test } from 'vitest';

import { startTestServer } from '../testing.ts';

const server = await startTestServer();
afterAll(() => server[Symbol.asyncDispose]());
const { origin } = server;

const ada = { origin, email: 'Ada@example.org', password: 'difference-engine', displayName: 'Ada' };
const client = await signUp(ada);

/** Opens the sign-in page as a browser would, and returns what it takes to post its form. */
async function openSignIn(language = 'en') {
  const query = new URLSearchParams({
    client_id: 'affluent-cli',
    redirect_uri: 'http://127.0.0.1/callback',
    response_type: 'code',
    scope: 'openid',
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
  });
  const start = await fetch(`${origin}/oidc/auth?${query}`, { redirect: 'manual' });
  const url = new URL(start.headers.get('location')!, origin).href;
  const cookie = start.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  const headers = { cookie, 'accept-language': language };
  return {
    show: async () => fetch(url, { headers }),
    post: async (page: string, form: Record<string, string>) =>
      fetch(`${url}${page}`, {
        method: 'POST',
        headers,
        body: new URLSearchParams(form),
        redirect: 'manual',
      }),
  };
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

test('a wrong password and an unknown e-mail address are told in the same words', async () => {
  const wrong = 'E-mail and password do not match.';
  await expect(signIn({ ...ada, password: 'something-else' })).rejects.toThrow(wrong);
  await expect(signIn({ ...ada, email: 'nobody@example.org' })).rejects.toThrow(wrong);
  await expect(signIn({ ...ada, email: 'ADA@EXAMPLE.ORG' })).resolves.toBeDefined();
});

test('an address that has an account, a short password and a bad address are refused with the reason', async () => {
  await expect(signUp({ ...ada, email: 'ada@example.ORG' })).rejects.toThrow(
    'There is an account with this e-mail',
  );
  await expect(signUp({ ...ada, email: 'b@example.org', password: 'short' })).rejects.toThrow(
    '8 to 128 characters',
  );
  await expect(signUp({ ...ada, email: 'not an address' })).rejects.toThrow(
    'Enter an e-mail address',
  );
});

test('the pages speak French to those who prefer it, and escape what they repeat', async () => {
  const { show, post } = await openSignIn('fr-FR,fr;q=0.9,en;q=0.5');
  const shown = await show();
  expect(await shown.text()).toContain('Se connecter');
  expect(shown.headers.get('content-security-policy')).toContain("default-src 'none'");
  const refused = await post('', { email: '"><script>alert(1)</script>', password: 'x' });
  const page = await refused.text();
  expect(refused.status).toBe(401);
  expect(page).toContain('&quot;&gt;&lt;script&gt;');
  expect(page).not.toContain('<script>alert');
});

test('after ten failures an account is closed for a while, with the right password too', async () => {
  const eve = { ...ada, email: 'eve@example.org', displayName: 'Eve' };
  await signUp(eve);
  const { post } = await openSignIn();
  const wrong = { email: eve.email, password: 'wrong-password' };
  const answers = await Promise.all(Array.from({ length: 10 }, () => post('', wrong)));
  expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 401));
  await expect(signIn(eve)).rejects.toThrow('Too many attempts');
  await expect(signIn(ada)).resolves.toBeDefined();
});

test('keys, accounts and refresh tokens outlive a restart', async () => {
  const token = await client.accessToken();
  await server.restart();
  expect(await client.accessToken()).toBe(token);
  expect(await client.query('{ viewer { displayName } }')).toEqual({
    viewer: { displayName: 'Ada' },
  });
});
