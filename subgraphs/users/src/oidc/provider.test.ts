import { randomBytes } from 'node:crypto';

import { signUp } from '@affluent/client';
import { afterAll, expect, test } from 'vitest';

import { authorizationUrl, openBrowser, VERIFIER } from '../testing/browser.ts';
import { startUsersServer } from '../testing/users-server.ts';

const server = await startUsersServer();
afterAll(() => server[Symbol.asyncDispose]());
const { origin } = server;
const account = { email: 'ada@example.org', password: 'difference-engine', displayName: 'Ada' };
await signUp({ origin, ...account });

/** Signs in through the pages, answers the consent page, and comes back to the program. */
async function goThrough(answer: 'allow' | 'refuse'): Promise<URLSearchParams> {
  const visit = openBrowser();
  const signIn = await visit(authorizationUrl(origin));
  const consent = await visit(signIn.url, account);
  expect(consent.body).toContain('Allow Affluent CLI?');
  const { url } = await visit(`${consent.url.href}/consent`, { answer });
  expect(url.searchParams.get('iss')).toBe(`${origin}/oidc`);
  return url.searchParams;
}

const getCode = async (): Promise<string> => (await goThrough('allow')).get('code')!;

const redeem = (code: string, codeVerifier = VERIFIER) =>
  fetch(`${origin}/oidc/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: 'affluent-cli',
      code,
      redirect_uri: 'http://127.0.0.1/callback',
      code_verifier: codeVerifier,
    }),
  });

const authorize = (changes: Record<string, string | undefined>) =>
  fetch(authorizationUrl(origin, changes), { redirect: 'manual' });

test('of eight redemptions of one code at once exactly one succeeds, and a later one does not', async () => {
  const code = await getCode();
  const answers = await Promise.all(Array.from({ length: 8 }, () => redeem(code)));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  const replay = await redeem(code);
  expect(replay.status).toBe(400);
  expect(await replay.json()).toMatchObject({ error: 'invalid_grant' });
});

test('a code is worth nothing without its verifier', async () => {
  expect((await redeem(await getCode(), randomBytes(32).toString('base64url'))).status).toBe(400);
});

test('PKCE with S256 is required, and other response types are refused', async () => {
  const errorOf = async (changes: Record<string, string | undefined>) => {
    const { headers } = await authorize(changes);
    return /[?#&]error=(\w+)/.exec(headers.get('location') ?? '')?.[1];
  };
  expect(await errorOf({ code_challenge: undefined, code_challenge_method: undefined })).toBe(
    'invalid_request',
  );
  expect(await errorOf({ code_challenge_method: 'plain' })).toBe('invalid_request');
  expect(await errorOf({ response_type: 'token' })).toBe('unsupported_response_type');
});

test.each([
  'http://127.0.0.1/callback/more',
  'http://127.0.0.1/callback?x=1',
  'http://127.0.0.1.evil.example/callback',
  'https://127.0.0.1/callback',
  'http://localhost/callback',
  'http://user@127.0.0.1/callback',
])('the redirect address %s is refused without a redirect', async (wrong) => {
  const response = await authorize({ redirect_uri: wrong });
  expect(response.status).toBe(400);
  expect(response.headers.get('location')).toBeNull();
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
});

test('a program on this machine may wait at any port', async () => {
  expect((await authorize({ redirect_uri: 'http://127.0.0.1:54321/callback' })).status).toBe(303);
});

test('who refuses on the consent page sends the program away without a code', async () => {
  const answer = await goThrough('refuse');
  expect(answer.get('error')).toBe('access_denied');
  expect(answer.get('code')).toBeNull();
});

test('nobody consents before they have signed in', async () => {
  const visit = openBrowser();
  const { url } = await visit(authorizationUrl(origin));
  const page = await visit(`${url.href}/consent`, { answer: 'allow' });
  expect(page.url.href).toBe(url.href);
  expect(page.body).toContain('<h1>Sign in</h1>');
});
