import { decodeJwt } from 'jose';
import { afterAll, expect, test } from 'vitest';

import { connect } from '../database.ts';
import { openBrowser } from '../testing/browser.ts';
import { startUsersServer } from '../testing/users-server.ts';
import { asWebClient, type Tokens } from '../testing/web-client.ts';

const server = await startUsersServer();
const orm = await connect(server.config.DATABASE_URL);
afterAll(async () => {
  await orm.close();
  await server[Symbol.asyncDispose]();
});
const { origin } = server;
const web = asWebClient(server);
const ada = { email: 'ada@example.org', password: 'difference-engine-no-2', displayName: 'Ada' };

function signOutUrl({ id_token }: Pick<Tokens, 'id_token'>): URL {
  const url = new URL(`${origin}/oidc/session/end`);
  url.searchParams.set('id_token_hint', id_token);
  url.searchParams.set('post_logout_redirect_uri', `${origin}/`);
  return url;
}

test('the web client signs up without a consent page, refreshes at once in several requests, and signs out', async () => {
  const visit = openBrowser();
  expect((await visit(web.start({ screen: 'sign-up' }))).body).toContain('<h1>Create account</h1>');
  const { tokens } = await web.signIn(ada, { visit });
  const { scope, gid } = decodeJwt<{ scope: string; gid: string }>(tokens.access_token);
  expect(scope.split(' ').toSorted()).toEqual(['account', 'datasets:read', 'profile']);
  expect(gid).toEqual(expect.any(String));

  const refreshed = await Promise.all([
    web.refresh(tokens),
    web.refresh(tokens),
    web.refresh(tokens),
  ]);
  expect(refreshed.map(({ status }) => status)).toEqual([200, 200, 200]);

  const confirm = await visit(signOutUrl(tokens));
  expect(confirm.body).toContain('<h1>Sign out</h1>');
  expect(confirm.body).toContain('<script>');
  expect((await web.ask(tokens, '{ viewer { id } }')).status).toBe(200);
  const xsrf = /name="xsrf" value="(\w+)"/.exec(confirm.body)![1]!;
  const out = await visit(`${origin}/oidc/session/end/confirm`, { xsrf, logout: 'yes' });
  expect(out.url.href).toBe(`${origin}/`);
  expect((await web.refresh(tokens)).tokens.error).toBe('invalid_grant');
  expect((await web.ask(tokens, '{ viewer { id } }')).status).toBe(401);
  expect((await visit(web.start())).url.pathname).toMatch(/^\/oidc\/interaction\//);
  const events = await orm.em
    .fork()
    .execute<{ kind: string }[]>(`SELECT kind FROM audit_events WHERE kind = 'SIGNED_OUT'`);
  expect(events).toHaveLength(1);
});

test("a page that signs out by itself needs an ID token of that person, not just anybody's", async () => {
  const { displayName: _, ...account } = ada;
  const { visit } = await web.signIn(account);
  const { tokens: strangers } = await web.signIn({ ...ada, email: 'mallory@example.org' });
  const { body } = await visit(signOutUrl(strangers));
  expect(body).toContain('<h1>Sign out</h1>');
  expect(body).not.toContain('<script>');
});
