import { readFile } from 'node:fs/promises';

import { parse, visit } from 'graphql';
import { afterAll, describe, expect, test } from 'vitest';

import { admit, LIMITS, type LimitKind } from './attempts/counted-attempt.ts';
import { connect } from './database.ts';
import { ROW_LIMITS } from './oidc/few-rows.ts';
import { CHALLENGE_LIMIT } from './passkeys/passkey-routes.ts';
import { MUTATIONS_PER_HOUR } from './schema.ts';
import { authorizationUrl, openBrowser } from './testing/browser.ts';
import { invite, makePerson, makeWorkspace, PASSWORD, type Person } from './testing/people.ts';
import { createProgram, register } from './testing/program.ts';
import { startUsersServer } from './testing/users-server.ts';

const server = await startUsersServer();
const orm = await connect(server.config.DATABASE_URL);
afterAll(async () => {
  await orm.close();
  await server[Symbol.asyncDispose]();
});
const { origin } = server;

/** An address that nobody else uses. */
let networks = 0;
const newAddress = (): string => `2001:db8:0:${(++networks).toString(16)}::1`;
/** Another address of the same network. */
const beside = (address: string): string => address.replace(/1$/, 'beef');

const openPage = async (address: string, page: string) => {
  const visitPage = openBrowser({ address });
  const { url } = await visitPage(authorizationUrl(origin));
  return (form: Record<string, string>) => visitPage(`${url.href}${page}`, form);
};

const postFrom = (address: string, path: string, form: Record<string, string> = {}) =>
  fetch(`${origin}/oidc${path}`, {
    method: 'POST',
    headers: { 'x-forwarded-for': address },
    body: new URLSearchParams({ client_id: 'affluent-cli', ...form }),
  });

const authorization = Object.fromEntries(authorizationUrl(origin).searchParams);
let names = 0;
const signUpForm = () => {
  const displayName = `person-${++names}`;
  return { displayName, email: `${displayName}@example.org`, password: PASSWORD };
};

interface PageLimit {
  readonly kind: LimitKind;
  /** Does it once. @returns the status. */
  readonly act: (address: string) => Promise<number>;
}

const PAGES: readonly PageLimit[] = [
  {
    kind: 'SIGN_UP',
    act: async (address) => (await (await openPage(address, '/sign-up'))(signUpForm())).status,
  },
  {
    kind: 'RESET_REQUEST',
    act: async (address) =>
      (await (await openPage(address, '/forgot'))({ email: 'nobody@example.org' })).status,
  },
];

test.each(PAGES)('$kind: a network that did it too often waits, others do not', async (limit) => {
  const { kind, act } = limit;
  const address = newAddress();
  for (let n = 1; n < LIMITS[kind].max; n++) await admit(orm.em, kind, address);
  expect(await act(address)).toBe(200);
  expect(await act(beside(address))).toBe(429);
  expect(await act(newAddress())).toBe(200);
});

interface RowsLimit {
  readonly rows: string;
  readonly max: number;
  readonly act: (address: string) => Promise<{ readonly status: number }>;
}

const ROWS: readonly RowsLimit[] = [
  {
    rows: 'DeviceCode',
    max: ROW_LIMITS.DeviceCode.max,
    act: (address) => postFrom(address, '/device/auth'),
  },
  {
    rows: 'PushedAuthorizationRequest',
    max: ROW_LIMITS.PushedAuthorizationRequest.max,
    act: (address) => postFrom(address, '/request', authorization),
  },
  {
    rows: 'Interaction',
    max: ROW_LIMITS.Interaction.max,
    act: (address) =>
      fetch(authorizationUrl(origin), {
        headers: { 'x-forwarded-for': address },
        redirect: 'manual',
      }),
  },
];

/** Does something many times, few at once. @returns how often each status came. */
async function often(
  count: number,
  act: () => Promise<{ readonly status: number }>,
): Promise<Record<number, number>> {
  const statuses: Record<number, number> = {};
  for (let done = 0; done < count; done += 20) {
    const some = Array.from({ length: Math.min(20, count - done) }, act);
    for (const { status } of await Promise.all(some))
      statuses[status] = (statuses[status] ?? 0) + 1;
  }
  return statuses;
}

test.each(ROWS)('$rows: $max of a network are stored, and no more', async ({ rows, max, act }) => {
  const count = async () => {
    const [found] = await orm.em
      .fork()
      .execute<{ n: string }[]>('SELECT count(*) AS n FROM oidc_payloads WHERE model = ?', [rows]);
    return Number(found?.n);
  };
  const [address, before] = [newAddress(), await count()];
  const statuses = await often(max + 3, () => act(address));
  expect(statuses[429]).toBe(3);
  expect((await count()) - before).toBe(max);
  expect((await act(beside(address))).status).toBe(429);
  expect((await act(newAddress())).status).not.toBe(429);
});

test('challenges for passkeys are limited by network', async () => {
  const address = newAddress();
  const challenge = await openPage(address, '/passkey/options');
  const statuses = await often(CHALLENGE_LIMIT.max + 2, () => challenge({}));
  expect(statuses).toEqual({ 200: CHALLENGE_LIMIT.max, 429: 2 });
});

describe('with an account', async () => {
  const ada = await makePerson(origin, 'Ada');
  const rotated = async (person: Person) => {
    const program = createProgram(
      origin,
      await register(person, { type: 'PUBLIC', scopes: ['profile'] }),
    );
    const scope = 'openid profile offline_access';
    return { program, tokens: await program.getTokens(person, { scope }) };
  };

  test('a grant gets so many refresh tokens in 15 minutes', async () => {
    const { program, tokens } = await rotated(ada);
    let latest = tokens;
    // With the first one, which the code gave.
    for (let n = 1; n < ROW_LIMITS.RefreshToken.max; n++) {
      latest = await program.refresh(latest);
      expect(latest.status).toBe(200);
    }
    expect((await program.refresh(latest)).status).toBe(429);
  });

  test('a person owns 100 workspaces', async () => {
    const bob = await makePerson(origin, 'Bob');
    const create = Array.from(
      { length: 100 },
      (_, n) => `m${n}: createWorkspace(input: { name: "x" }) { workspace { id } }`,
    );
    // The account came with one.
    await expect(bob.client.query(`mutation { ${create.join(' ')} }`)).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    const { viewer } = await bob.client.query<{ viewer: { memberships: unknown[] } }>(
      '{ viewer { memberships { role } } }',
    );
    expect(viewer.memberships).toHaveLength(100);
  });

  test('a person invites so many people, and a network too', async () => {
    const workspaceId = await makeWorkspace(ada);
    for (let n = 0; n < LIMITS.INVITATION_FROM.max; n++)
      await admit(orm.em, 'INVITATION_FROM', '127.0.0.1');
    await expect(invite(ada, { workspaceId, email: 'guest@example.org' })).rejects.toMatchObject({
      code: 'RATE_LIMITED',
      message: 'Enough people were invited from your network address for today.',
    });
  });

  test('a person makes so many changes in an hour; others are not concerned', async () => {
    const [cleo, dan] = [await makePerson(origin, 'Cleo'), await makePerson(origin, 'Dan')];
    const change = (count: number): string => {
      const one = 'updateProfile(input: { displayName: "x" }) { viewer { id } }';
      return `mutation { ${Array.from({ length: count }, (_, n) => `m${n}: ${one}`).join(' ')} }`;
    };
    for (let n = 0; n < MUTATIONS_PER_HOUR; n += 200) await cleo.client.query(change(200));
    await expect(cleo.client.query(change(1))).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    await expect(dan.client.query(change(1))).resolves.toBeDefined();
  });
});

test('docs/limits.md names every mutation of the graph and every limit of the code', async () => {
  const read = (path: string) => readFile(new URL(`../../../${path}`, import.meta.url), 'utf8');
  const [docs, graph] = await Promise.all([read('docs/limits.md'), read('supergraph.graphql')]);
  const mutations: string[] = [];
  visit(parse(graph), {
    ObjectTypeDefinition: ({ name, fields = [] }) => {
      if (name.value === 'Mutation') mutations.push(...fields.map((field) => field.name.value));
    },
  });
  expect(mutations.length).toBeGreaterThan(20);
  const all = [...mutations, ...Object.keys(LIMITS), ...Object.keys(ROW_LIMITS)];
  expect(all.filter((name) => !docs.includes(`\`${name}\``))).toEqual([]);
});
