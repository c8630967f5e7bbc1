import { randomBytes } from 'node:crypto';

import { signUp } from '@affluent/client/testing';
import type { Adapter } from 'oidc-provider';
import { afterAll, expect, test } from 'vitest';

import { connect } from '../database.ts';
import { authorizationUrl, openBrowser, VERIFIER } from '../testing/browser.ts';
import { startUsersServer } from '../testing/users-server.ts';
import { asWebClient, type Tokens } from '../testing/web-client.ts';
import { createAdapterFactory } from './adapter.ts';

const server = await startUsersServer();
const orm = await connect(server.config.DATABASE_URL);
afterAll(async () => {
  await orm.close();
  await server[Symbol.asyncDispose]();
});
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

const reuses = () =>
  orm.em
    .fork()
    .execute<unknown[]>(`SELECT subject, address FROM audit_events WHERE kind = 'TOKEN_REUSED'`);

const authorize = (changes: Record<string, string | undefined>) =>
  fetch(authorizationUrl(origin, changes), { redirect: 'manual' });

test('of eight redemptions of one code at once one succeeds, and what it got ends, which is noted once', async () => {
  const code = await getCode();
  const answers = await Promise.all(Array.from({ length: 8 }, () => redeem(code)));
  const winners = answers.filter(({ status }) => status === 200);
  expect(winners).toHaveLength(1);
  const { access_token } = (await winners[0]!.json()) as Tokens;
  const { status } = await asWebClient(server).ask({ access_token }, '{ viewer { id } }');
  expect(status).toBe(401);
  const replay = await redeem(code);
  expect(replay.status).toBe(400);
  expect(await replay.json()).toMatchObject({ error: 'invalid_grant' });
  expect(await reuses()).toEqual([{ subject: 'Affluent CLI', address: '127.0.0.1' }]);
});

test('of several requests at once with one proof or assertion one is the first', async () => {
  // Through HTTP they hardly ever come close enough: each is looked for first.
  const adapter = createAdapterFactory(orm)('ReplayDetection') as Adapter;
  const attempts = Array.from({ length: 8 }, () => adapter.upsert('jti', {}, 60));
  const outcomes = await Promise.allSettled(attempts);
  expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1);
});

test('a code is worth nothing without its verifier', async () => {
  expect((await redeem(await getCode(), randomBytes(32).toString('base64url'))).status).toBe(400);
});

test('a code lives for a minute at most', async () => {
  await getCode();
  const [{ seconds } = { seconds: 0 }] = await orm.em.fork().execute<{ seconds: number }[]>(
    `SELECT max(extract(epoch FROM expires_at - now()))::float AS seconds
     FROM oidc_payloads WHERE model = 'AuthorizationCode'`,
  );
  expect(seconds).toBeGreaterThan(50);
  expect(seconds).toBeLessThanOrEqual(60);
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
