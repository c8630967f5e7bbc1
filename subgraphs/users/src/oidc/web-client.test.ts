import { decodeJwt } from 'jose';
import { afterAll, expect, test } from 'vitest';

import { authorizationUrl, openBrowser, VERIFIER } from '../testing/browser.ts';
import { startUsersServer } from '../testing/users-server.ts';

const server = await startUsersServer();
afterAll(() => server[Symbol.asyncDispose]());
const { origin, config } = server;
const redirect_uri = `${origin}/session/callback`;

/** Asks for tokens as the gateway does, with its secret. */
async function askTokens(parameters: Record<string, string>) {
  const credentials = Buffer.from(`affluent-web:${config.GATEWAY_CLIENT_SECRET}`);
  const response = await fetch(`${origin}/oidc/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${credentials.toString('base64')}` },
    body: new URLSearchParams(parameters),
  });
  const tokens = (await response.json()) as Record<string, string>;
  return { status: response.status, tokens };
}

test('the web client signs up without a consent page, refreshes at once in several requests, and signs out', async () => {
  const visit = openBrowser();
  const start = authorizationUrl(origin, {
    client_id: 'affluent-web',
    redirect_uri,
    scope: 'openid offline_access profile datasets:read',
    screen: 'sign-up',
  });
  const page = await visit(start);
  expect(page.body).toContain('<h1>Create account</h1>');
  const account = { displayName: 'Ada', email: 'ada@example.org', password: 'difference-engine' };
  const back = await visit(`${page.url.href}/sign-up`, account);
  expect(`${back.url.origin}${back.url.pathname}`).toBe(redirect_uri);

  const code = back.url.searchParams.get('code')!;
  const { tokens } = await askTokens({
    grant_type: 'authorization_code',
    code,
    redirect_uri,
    code_verifier: VERIFIER,
  });
  const scope = String(decodeJwt(tokens.access_token!).scope);
  expect(scope.split(' ').toSorted()).toEqual(['datasets:read', 'profile']);

  const refresh = () =>
    askTokens({ grant_type: 'refresh_token', refresh_token: tokens.refresh_token! });
  const refreshed = await Promise.all([refresh(), refresh(), refresh()]);
  expect(refreshed.map(({ status }) => status)).toEqual([200, 200, 200]);

  const end = new URL(`${origin}/oidc/session/end`);
  end.searchParams.set('id_token_hint', tokens.id_token!);
  end.searchParams.set('post_logout_redirect_uri', `${origin}/`);
  const confirm = await visit(end);
  expect(confirm.body).toContain('<h1>Sign out</h1>');
  const xsrf = /name="xsrf" value="(\w+)"/.exec(confirm.body)![1]!;
  const out = await visit(`${origin}/oidc/session/end/confirm`, { xsrf, logout: 'yes' });
  expect(out.url.href).toBe(`${origin}/`);
  expect((await refresh()).tokens.error).toBe('invalid_grant');
  expect((await visit(start)).url.pathname).toMatch(/^\/oidc\/interaction\//);
});
