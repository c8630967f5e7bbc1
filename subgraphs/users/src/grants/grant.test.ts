import { signIn } from '@affluent/client/testing';
import { decodeJwt } from 'jose';
import { afterAll, expect, test } from 'vitest';

import { connect } from '../database.ts';
import { digestOf } from '../secrets/secret.ts';
import { openBrowser } from '../testing/browser.ts';
import { startLogoServer } from '../testing/logo-server.ts';
import { makePerson, PASSWORD, type Person } from '../testing/people.ts';
import { createProgram, register, SETTINGS } from '../testing/program.ts';
import { readEverything } from '../testing/stored.ts';
import { startUsersServer } from '../testing/users-server.ts';
import { asWebClient } from '../testing/web-client.ts';

const server = await startUsersServer();
const orm = await connect(server.config.DATABASE_URL);
afterAll(async () => {
  await orm.close();
  await server[Symbol.asyncDispose]();
});
const { origin } = server;
const web = asWebClient(server);
/** Who registered the programs. */
const dora = await makePerson(origin, 'dora');

/** A program without grants, and a person without grants. */
async function begin(changes: Readonly<Record<string, unknown>> = {}) {
  const [registration, person] = await Promise.all([
    register(dora, changes),
    makePerson(origin, 'ada'),
  ]);
  return { registration, person, program: createProgram(origin, registration) };
}

interface GrantAnswer {
  readonly id: string;
  readonly clientId: string;
  readonly lastUsedAt: string | null;
  readonly expiresAt: string;
}

const GRANTS =
  '{ viewer { grants { id clientId clientName logoUri scopes createdAt lastUsedAt expiresAt } } }';

/** Without that of the program by which the tests themselves sign in. */
async function grantsOf({ client }: Person): Promise<GrantAnswer[]> {
  const { viewer } = await client.query<{ viewer: { grants: GrantAnswer[] } }>(GRANTS);
  return viewer.grants.filter(({ clientId }) => clientId !== 'affluent-cli');
}

const revoke = ({ client }: Person, id: string) =>
  client.query('mutation ($id: ID!) { revokeGrant(id: $id) { revokedId } }', { id });

const eventsOf = ({ id }: Person) =>
  orm.em.fork().execute<{ kind: string; subject: string }[]>(
    `SELECT kind, subject FROM audit_events WHERE actor_id = ? AND kind LIKE 'GRANT%'
       AND subject NOT LIKE 'Affluent CLI%' ORDER BY at`,
    [id],
  );

const statusOf = async (access_token: string): Promise<number> =>
  (await web.ask({ access_token }, '{ viewer { id } }')).status;

const minutesSince = (time: string | null): number =>
  (Date.now() - Date.parse(time ?? '')) / 60_000;

test('a grant says who may do what until when, and when they last did', async () => {
  await using logos = await startLogoServer();
  const { person, program } = await begin({ logoUri: `${logos.origin}/logo.png` });
  const { url } = await program.ask(person, { scope: 'openid datasets:read' });
  const [unused, ...others] = await grantsOf(person);
  expect(others).toEqual([]);
  expect(unused).toEqual({
    id: expect.any(String),
    clientId: program.clientId,
    clientName: SETTINGS.name,
    logoUri: expect.stringMatching(/^\/oidc\/logos\//),
    scopes: ['datasets:read'],
    createdAt: expect.any(String),
    lastUsedAt: null,
    expiresAt: expect.any(String),
  });
  expect(-minutesSince(unused!.expiresAt) / 60 / 24).toBeCloseTo(14, 1);
  expect(await eventsOf(person)).toEqual([
    { kind: 'GRANT_GIVEN', subject: `${SETTINGS.name}: datasets:read` },
  ]);

  const tokens = await program.redeem(url);
  const [used] = await grantsOf(person);
  expect(minutesSince(used!.lastUsedAt)).toBeLessThan(1);
  await program.refresh(tokens);
  const [again] = await grantsOf(person);
  expect(Date.parse(again!.lastUsedAt!)).toBeGreaterThan(Date.parse(used!.lastUsedAt!));
  await program.refresh({ refresh_token: 'none' });
  expect(await grantsOf(person)).toEqual([again]);
});

test('who refuses on the consent page gives nothing', async () => {
  const { person, program } = await begin();
  const { url } = await program.ask(person, { answer: 'refuse' });
  expect(url.searchParams.get('error')).toBe('access_denied');
  expect(url.searchParams.get('code')).toBeNull();
  expect(await grantsOf(person)).toEqual([]);
  expect(await eventsOf(person)).toEqual([]);
});

test('a program asks again for more only; that widens the grant, and no token that is there', async () => {
  const { person, program } = await begin();
  const visit = openBrowser();
  const first = await program.ask(person, { visit, scope: 'openid profile' });
  const tokens = await program.redeem(first.url);
  const same = await program.ask(person, { visit, scope: 'openid profile' });
  expect(same.consent).toBeUndefined();
  expect(same.url.searchParams.get('code')).toEqual(expect.any(String));

  const refused = await program.ask(person, {
    visit,
    scope: 'openid profile datasets:read',
    answer: 'refuse',
  });
  expect(refused.consent).toContain('read your datasets');
  expect(await grantsOf(person)).toMatchObject([{ scopes: ['profile'] }]);

  const more = await program.ask(person, { visit, scope: 'openid profile datasets:read' });
  expect(await grantsOf(person)).toMatchObject([{ scopes: ['profile', 'datasets:read'] }]);
  const wide = await program.redeem(more.url);
  expect(decodeJwt(wide.access_token).scope).toBe('profile datasets:read');
  const narrow = await program.refresh(wide, { scope: 'openid profile' });
  expect(decodeJwt(narrow.access_token).scope).toBe('profile');
  const old = await program.refresh(tokens);
  expect(decodeJwt(old.access_token).scope).toBe('profile');
  const widened = await program.refresh(tokens, { scope: 'openid datasets:read' });
  expect(widened.error).toBe('invalid_scope');
  expect((await eventsOf(person)).map(({ subject }) => subject)).toEqual([
    `${SETTINGS.name}: profile`,
    `${SETTINGS.name}: profile, datasets:read`,
  ]);
});

test('a grant that is revoked ends with every token and code of it at once, and no other does', async () => {
  const { registration, person, program } = await begin();
  const visit = openBrowser();
  const tokens = await program.getTokens(person, { visit });
  const fresh = await program.refresh(tokens);
  const { url: unredeemed } = await program.ask(person, { visit });
  const [grant] = await grantsOf(person);
  const other = createProgram(origin, await register(dora));
  const otherTokens = await other.getTokens(person, { visit });
  const dorasTokens = await program.getTokens(dora);
  const isActive = async (token: string) => (await program.introspect(token)).active;
  const dying = [tokens.access_token, fresh.access_token];
  for (const token of [...dying, tokens.refresh_token]) expect(await isActive(token)).toBe(true);
  for (const token of dying) expect(await statusOf(token)).toBe(200);

  expect(await revoke(person, grant!.id)).toEqual({ revokeGrant: { revokedId: grant!.id } });
  for (const token of [...dying, tokens.refresh_token]) expect(await isActive(token)).toBe(false);
  for (const token of dying) expect(await statusOf(token)).toBe(401);
  expect((await program.refresh(tokens)).error).toBe('invalid_grant');
  expect((await program.redeem(unredeemed)).error).toBe('invalid_grant');
  expect(await grantsOf(person)).toMatchObject([{ clientId: other.clientId }]);
  for (const living of [otherTokens, dorasTokens])
    expect(await statusOf(living.access_token)).toBe(200);
  expect((await program.refresh(dorasTokens)).status).toBe(200);
  expect(await eventsOf(person)).toContainEqual({
    kind: 'GRANT_REVOKED',
    subject: SETTINGS.name,
  });
  await expect(revoke(person, grant!.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });

  // A program that returns needs consent again, in the browser that had given it too.
  const again = await program.ask(person, { visit });
  expect(again.consent).toContain(`Allow ${registration.client.name}?`);
});

test('of the codes and tokens that a program gets only digests are kept', async () => {
  const { person, program } = await begin({ type: 'PUBLIC' });
  const { url } = await program.ask(person);
  const first = await program.getTokens(person);
  const second = await program.refresh(first);
  const stored = await readEverything(orm);
  for (const kept of [first.refresh_token, second.refresh_token]) {
    expect(stored).toContain(digestOf(kept));
    expect(stored).not.toContain(kept);
  }
  for (const secret of [url.searchParams.get('code')!, first.access_token, first.id_token!])
    expect(stored).not.toContain(secret);
  expect((await program.refresh({ refresh_token: digestOf(second.refresh_token) })).error).toBe(
    'invalid_grant',
  );
  expect((await program.refresh(second)).status).toBe(200);
});

test('what is got while the grant is being revoked is worth nothing', async () => {
  const { person, program } = await begin();
  const visit = openBrowser();
  const tokens = await program.getTokens(person, { visit });
  const { url } = await program.ask(person, { visit });
  const [grant] = await grantsOf(person);
  const [, ...answers] = await Promise.all([
    revoke(person, grant!.id),
    program.redeem(url),
    ...Array.from({ length: 8 }, () => program.refresh(tokens)),
  ]);
  for (const won of answers.filter(({ status }) => status === 200)) {
    expect(await statusOf(won.access_token)).toBe(401);
    const { error } = await program.refresh({ refresh_token: won.refresh_token ?? 'none' });
    expect(error).toBe('invalid_grant');
  }
  expect((await program.refresh(tokens)).error).toBe('invalid_grant');
  expect(await grantsOf(person)).toEqual([]);
});

test("for anybody else a grant is not found, and neither is that of the person's own browser", async () => {
  const { person, program } = await begin();
  const tokens = await program.getTokens(person);
  const [grant] = await grantsOf(person);
  for (const id of [grant!.id, program.clientId, 'no id', '\u0000', 'a'.repeat(101)])
    await expect(revoke(dora, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect(await statusOf(tokens.access_token)).toBe(200);
  expect(await grantsOf(person)).toEqual([grant]);

  const here = await web.signIn({ email: person.email, password: PASSWORD });
  const { gid } = decodeJwt<{ gid: string }>(here.tokens.access_token);
  await expect(revoke(person, gid)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect(await statusOf(here.tokens.access_token)).toBe(200);
  const { data } = await web.ask(here.tokens, '{ viewer { grants { clientName } } }');
  const names = (data!.viewer as { grants: { clientName: string }[] }).grants;
  expect(names.map(({ clientName }) => clientName).toSorted()).toEqual([
    'Affluent CLI',
    SETTINGS.name,
  ]);
});

test('a program of ours is among the grants, and ends by it', async () => {
  const person = await makePerson(origin, 'ada');
  await using other = await signIn({ origin, email: person.email, password: PASSWORD });
  const { gid } = decodeJwt<{ gid: string }>(await other.accessToken());
  await revoke(person, gid);
  await expect(other.query('{ viewer { id } }')).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  expect((await person.client.query<{ viewer: object }>('{ viewer { id } }')).viewer).toEqual({
    id: person.id,
  });
});

test('a grant whose time is over is worth nothing, and not shown', async () => {
  const { person, program } = await begin();
  const tokens = await program.getTokens(person);
  const [grant] = await grantsOf(person);
  await orm.em
    .fork()
    .execute(
      `UPDATE oidc_payloads SET expires_at = now() - interval '1 second' WHERE model = 'Grant' AND id = ?`,
      [grant!.id],
    );
  expect(await grantsOf(person)).toEqual([]);
  expect(await statusOf(tokens.access_token)).toBe(401);
  expect((await program.introspect(tokens.access_token)).active).toBe(false);
  expect((await program.refresh(tokens)).error).toBe('invalid_grant');
  await expect(revoke(person, grant!.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('when the browser’s session ends, only programs that asked to go on without the person do', async () => {
  const { person, program } = await begin();
  const { visit } = await web.signIn({ email: person.email, password: PASSWORD });
  const staying = createProgram(origin, await register(dora));
  const scope = 'openid profile offline_access';
  const url = staying.start({ scope, prompt: 'consent' });
  const page = await visit(url);
  const { url: back } = await visit(`${page.url.href}/consent`, { answer: 'allow' });
  const lasting = await staying.redeem(back);
  const passing = await program.getTokens(person, { visit });
  expect((await program.refresh(passing)).status).toBe(200);
  await person.client.query('mutation { signOutEverywhere { ended } }');
  expect((await program.refresh(passing)).error).toBe('invalid_grant');
  expect((await staying.refresh(lasting)).status).toBe(200);
});
