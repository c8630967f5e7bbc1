import { createBrowser } from '@affluent/client/testing';
import { decodeJwt } from 'jose';
import { afterAll, expect, test } from 'vitest';

import { connect } from '../database.ts';
import { OidcPayload } from '../oidc-store/oidc-payload.ts';
import { makePerson } from '../testing/people.ts';
import { startUsersServer } from '../testing/users-server.ts';
import { asWebClient, type Tokens } from '../testing/web-client.ts';

const server = await startUsersServer();
const orm = await connect(server.config.DATABASE_URL);
afterAll(async () => {
  await orm.close();
  await server[Symbol.asyncDispose]();
});
const web = asWebClient(server);

let people = 0;
/** A new person, in a first browser. */
async function signUp() {
  const account = { email: `ada-${people++}@example.org`, password: 'difference-engine-no-2' };
  const first = await web.signIn({ ...account, displayName: 'Ada' });
  return { account, ...first };
}

interface SessionAnswer {
  readonly id: string;
  readonly isCurrent: boolean;
  readonly userAgent: string;
  readonly address: string;
  readonly expiresAt: string;
}

async function sessionsOf(tokens: Tokens): Promise<SessionAnswer[]> {
  const query = '{ viewer { sessions { id isCurrent userAgent address expiresAt } } }';
  const { data } = await web.ask(tokens, query);
  const viewer = data?.viewer as { sessions: SessionAnswer[] } | undefined;
  return viewer?.sessions ?? [];
}

const statusOf = async (tokens: Tokens): Promise<number> =>
  (await web.ask(tokens, '{ viewer { id } }')).status;

/** Ages a person's sessions by this many hours. */
async function pass(hours: number, tokens: Tokens, columns = 'last_used_at, expires_at') {
  const ids = (await sessionsOf(tokens)).map(({ id }) => id);
  const changes = columns
    .split(', ')
    .map((column) => `${column} = ${column} - interval '${hours} hours'`);
  await orm.em
    .fork()
    .execute(`UPDATE sessions SET ${changes.join(', ')} WHERE id = ANY (?::text[])`, [
      `{${ids.join(',')}}`,
    ]);
}

const eventsOf = (email: string) =>
  orm.em
    .fork()
    .execute<{ kind: string }[]>(
      'SELECT kind FROM audit_events WHERE actor_id = (SELECT id FROM users WHERE email = ?) ORDER BY at',
      [email],
    );

test('a person sees the browsers in which they are signed in, and ends one of them at once', async () => {
  const { account, tokens: here } = await signUp();
  const { tokens: there, visit } = await web.signIn(account);
  const sessions = await sessionsOf(here);
  expect(sessions).toHaveLength(2);
  expect(sessions.filter(({ isCurrent }) => isCurrent)).toHaveLength(1);
  expect(sessions[0]).toMatchObject({ userAgent: 'node', address: '127.0.0.1' });

  const other = sessions.find(({ isCurrent }) => !isCurrent)!;
  const mutation = `mutation { endSession(id: "${other.id}") { endedId } }`;
  expect((await web.ask(here, mutation)).data).toEqual({ endSession: { endedId: other.id } });
  expect(await statusOf(there)).toBe(401);
  expect((await web.refresh(there)).tokens.error).toBe('invalid_grant');
  expect((await visit(web.start())).body).toContain('<h1>Sign in</h1>');
  expect(await statusOf(here)).toBe(200);
  expect((await web.ask(here, mutation)).errors?.[0]?.extensions.code).toBe('NOT_FOUND');
  expect((await eventsOf(account.email)).map(({ kind }) => kind)).toContain('SESSION_ENDED');
});

test("nobody ends or sees another's sessions", async () => {
  const { tokens: mine } = await signUp();
  const { tokens: theirs } = await signUp();
  const [session] = await sessionsOf(theirs);
  const { errors } = await web.ask(
    mine,
    `mutation { endSession(id: "${session!.id}") { endedId } }`,
  );
  expect(errors?.[0]?.extensions.code).toBe('NOT_FOUND');
  expect(await statusOf(theirs)).toBe(200);
});

test('signing out everywhere ends every session, this one too', async () => {
  const { account, tokens: here } = await signUp();
  const { tokens: there } = await web.signIn(account);
  const { data } = await web.ask(here, 'mutation { signOutEverywhere { ended } }');
  expect(data).toEqual({ signOutEverywhere: { ended: 2 } });
  expect([await statusOf(here), await statusOf(there)]).toEqual([401, 401]);
});

test('it ends our own programs too, over WebSocket as over HTTP', async () => {
  const { client } = await makePerson(server.origin, 'grace');
  expect(await client.query('mutation { signOutEverywhere { ended } }')).toEqual({
    signOutEverywhere: { ended: 1 },
  });
  await expect(client.query('{ viewer { id } }')).rejects.toMatchObject({
    code: 'UNAUTHENTICATED',
  });
  const changes = client.subscribe('subscription { membershipsChanged { role } }');
  await expect(changes.next()).rejects.toMatchObject({ code: 4403 });
});

test('a request that is still under way when a session ends does not bring it back', async () => {
  const { tokens, visit } = await signUp();
  const [session] = await sessionsOf(tokens);
  const em = orm.em.fork();
  const kept = await em.findOneOrFail(OidcPayload, { model: 'Session', uid: session!.id });
  await web.ask(tokens, 'mutation { signOutEverywhere { ended } }');
  // What such a request does at its end.
  const { model, id, payload, uid, expiresAt } = kept;
  await em.fork().insert(OidcPayload, { model, id, payload, uid, expiresAt });
  expect((await visit(web.start())).body).toContain('<h1>Sign in</h1>');
});

test('a session that was not used for a day has ended; use puts that off', async () => {
  const { tokens, visit } = await signUp();
  for (let day = 0; day < 2; day++) {
    await pass(23, tokens);
    expect((await web.refresh(tokens)).status).toBe(200);
  }
  await pass(25, tokens);
  expect((await web.refresh(tokens)).tokens.error).toBe('invalid_grant');
  expect((await visit(web.start())).body).toContain('<h1>Sign in</h1>');
});

test('what an open page asks for by itself is no use, and its token ends with the session', async () => {
  const { tokens } = await signUp();
  const secondsOf = ({ access_token }: Tokens) => {
    const { iat = 0, exp = 0 } = decodeJwt(access_token);
    return exp - iat;
  };
  await pass(23.99, tokens);
  const renewed = await web.refresh(tokens, { unattended: 'true' });
  expect(secondsOf(renewed.tokens)).toBeGreaterThan(1);
  expect(secondsOf(renewed.tokens)).toBeLessThanOrEqual(37);
  await pass(0.02, tokens);
  const late = await web.refresh(tokens, { unattended: 'true' });
  expect(late.tokens.error).toBe('invalid_grant');
});

test('no use makes a session last longer than 14 days', async () => {
  const { tokens } = await signUp();
  await pass(14 * 24 - 2, tokens, 'created_at');
  await pass(1, tokens);
  expect((await web.refresh(tokens)).status).toBe(200);
  const [session] = await sessionsOf(tokens);
  const hoursLeft = (Date.parse(session!.expiresAt) - Date.now()) / 3600_000;
  expect(hoursLeft).toBeGreaterThan(1.9);
  expect(hoursLeft).toBeLessThanOrEqual(2);
});

test('the cookie of the session is another one after the sign-in, whatever it was before', async () => {
  const { account } = await signUp();
  const { visit, cookiesFor } = createBrowser({
    stopAt: ({ pathname }) => pathname === '/session/callback',
  });
  await web.signIn(account, { visit });
  const before = await cookiesFor(web.redirectUri);
  const page = await visit(web.start({ prompt: 'login' }));
  await visit(page.url, account);
  const after = await cookiesFor(web.redirectUri);
  expect(before).toMatch(/_session=/);
  expect(after).toMatch(/_session=/);
  expect(after).not.toBe(before);
});
