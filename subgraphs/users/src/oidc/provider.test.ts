import { createHash, randomBytes } from 'node:crypto';

import { signUp } from '@affluent/client';
import { CookieJar } from 'tough-cookie';
import { afterAll, expect, test } from 'vitest';

import { startTestServer } from '../testing.ts';

const server = await startTestServer();
afterAll(() => server[Symbol.asyncDispose]());
const { origin } = server;
const account = { email: 'ada@example.org', password: 'difference-engine', displayName: 'Ada' };
await signUp({ origin, ...account });

const redirect_uri = 'http://127.0.0.1/callback';
const verifier = randomBytes(32).toString('base64url');
const request = {
  client_id: 'affluent-cli',
  redirect_uri,
  response_type: 'code',
  scope: 'openid',
  code_challenge: createHash('sha256').update(verifier).digest('base64url'),
  code_challenge_method: 'S256',
};

/** Signs in through the pages up to the redirect that brings the code. */
async function getCode(): Promise<string> {
  const jar = new CookieJar();
  const go = async (
    url: URL,
    body?: Record<string, string>,
  ): Promise<Response & { readonly at: URL }> => {
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: await jar.getCookieString(url.href) },
      ...(body && { method: 'POST', body: new URLSearchParams(body) }),
    });
    for (const line of response.headers.getSetCookie()) await jar.setCookie(line, url.href);
    const location = response.headers.get('location');
    if (!location) return Object.assign(response, { at: url });
    const next = new URL(location, url);
    return next.href.startsWith(redirect_uri) ? Object.assign(response, { at: next }) : go(next);
  };
  const signIn = await go(new URL(`${origin}/oidc/auth?${new URLSearchParams(request)}`));
  const consent = await go(signIn.at, account);
  const back = await go(new URL(`${consent.at.pathname}/consent`, origin), { answer: 'allow' });
  expect(back.at.searchParams.get('iss')).toBe(`${origin}/oidc`);
  return back.at.searchParams.get('code')!;
}

const redeem = (code: string, codeVerifier = verifier) =>
  fetch(`${origin}/oidc/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: 'affluent-cli',
      code,
      redirect_uri,
      code_verifier: codeVerifier,
    }),
  });

const authorize = (changes: Record<string, string | undefined>) => {
  const entries = Object.entries({ ...request, ...changes }).filter(
    (entry): entry is [string, string] => !!entry[1],
  );
  return fetch(`${origin}/oidc/auth?${new URLSearchParams(entries)}`, { redirect: 'manual' });
};

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
});

test('who refuses on the consent page sends the program away without a code', async () => {
  const jar = new CookieJar();
  const visit = async (url: URL, body?: Record<string, string>): Promise<URL> => {
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: await jar.getCookieString(url.href) },
      ...(body && { method: 'POST', body: new URLSearchParams(body) }),
    });
    for (const line of response.headers.getSetCookie()) await jar.setCookie(line, url.href);
    const location = response.headers.get('location');
    const next = location ? new URL(location, url) : url;
    return location && !next.href.startsWith(redirect_uri) ? visit(next) : next;
  };
  const consent = await visit(
    await visit(new URL(`${origin}/oidc/auth?${new URLSearchParams(request)}`)),
    account,
  );
  const back = await visit(new URL(`${consent.pathname}/consent`, origin), { answer: 'refuse' });
  expect(back.searchParams.get('error')).toBe('access_denied');
  expect(back.searchParams.get('code')).toBeNull();
});
