import { signIn } from '@affluent/client/testing';
import { afterAll, expect, test } from 'vitest';

import { connect } from '../database.ts';
import { invite, join, makePerson, makeWorkspace, PASSWORD } from '../testing/people.ts';
import { startUsersServer } from '../testing/users-server.ts';

const server = await startUsersServer();
const orm = await connect(server.config.DATABASE_URL);
afterAll(async () => {
  await orm.close();
  await server[Symbol.asyncDispose]();
});
const [ada, bob] = await Promise.all(['Ada', 'Bob'].map((name) => makePerson(server.origin, name)));
const workspaceId = await makeWorkspace(ada!, 'Engines');
await join(ada!, bob!, { workspaceId, role: 'VIEWER' });

interface Events {
  readonly auditEvents: {
    readonly edges: {
      node: { kind: string; subject: string | null; actor: { displayName: string } | null };
    }[];
    readonly pageInfo: { hasNextPage: boolean; endCursor: string | null };
  };
}

const EVENTS = `auditEvents(first: $first, after: $after) {
  edges { node { kind subject actor { displayName } } } pageInfo { hasNextPage endCursor } }`;

/** Who did what in the workspace, as its owner reads it from here on, two at a time. */
async function readOn(after: string | null = null): Promise<string[]> {
  const { workspace } = await ada!.client.query<{ workspace: Events }>(
    `query ($w: ID!, $first: Int, $after: String) { workspace(id: $w) { ${EVENTS} } }`,
    { w: workspaceId, first: 2, after },
  );
  const { edges, pageInfo } = workspace.auditEvents;
  const kinds = edges.map(({ node }) => `${node.actor?.displayName} ${node.kind}`);
  return pageInfo.hasNextPage ? [...kinds, ...(await readOn(pageInfo.endCursor))] : kinds;
}

test('owners read page by page who was invited and joined, and who signed in since then', async () => {
  const { email } = bob!;
  await using _ = await signIn({ origin: server.origin, email, password: PASSWORD });
  const kinds = await readOn();
  expect(kinds.filter((kind) => kind.startsWith('Bob') || kind.includes('MEMBER'))).toEqual([
    'Bob GRANT_GIVEN',
    'Bob SIGNED_IN',
    'Bob INVITATION_ACCEPTED',
    'Ada MEMBER_INVITED',
  ]);
  expect(kinds.at(-1)).toBe('Ada WORKSPACE_CREATED');
});

test('people read of themselves only', async () => {
  const { viewer } = await bob!.client.query<{ viewer: Events }>(
    `query ($first: Int = 50, $after: String) { viewer { ${EVENTS} } }`,
  );
  expect(new Set(viewer.auditEvents.edges.map(({ node }) => node.actor?.displayName))).toEqual(
    new Set(['Bob']),
  );
  const { workspace } = await bob!.client.query<{
    workspace: { members: { user: Events & { displayName: string } }[] };
  }>(
    `query ($w: ID!, $first: Int = 50, $after: String) { workspace(id: $w) { members { user { displayName ${EVENTS} } } } }`,
    { w: workspaceId },
  );
  const other = workspace.members.find(({ user }) => user.displayName === 'Ada');
  expect(other!.user.auditEvents.edges).toEqual([]);
});

test('the gateway can report refusals of a person sixty times a minute', async () => {
  const token = await bob!.client.accessToken();
  const tell = (subject: unknown, authorization = `Bearer ${token}`) =>
    fetch(`${server.origin}/audit/denied`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization },
      body: JSON.stringify({ subject }),
    });
  expect((await tell('mutation deleteWorkspace')).status).toBe(204);
  expect((await tell('x'.repeat(201))).status).toBe(400);
  expect((await tell('mutation', 'Bearer a.b.c')).status).toBe(401);
  const answers = await Promise.all(Array.from({ length: 80 }, () => tell('query')));
  // With the one before.
  expect(answers.filter(({ status }) => status === 204)).toHaveLength(59);
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(21);
});

test('nothing changes the log, not even the owner of the tables, and it holds no secret', async () => {
  for (const statement of [
    'UPDATE audit_events SET subject = $$x$$',
    'DELETE FROM audit_events',
    'TRUNCATE audit_events',
  ])
    await expect(orm.em.fork().execute(statement)).rejects.toThrow('append-only');
  const { token } = await invite(ada!, { workspaceId, email: 'guest@example.org' });
  const rows = await orm.em.fork().execute<unknown[]>('SELECT * FROM audit_events');
  expect(rows.length).toBeGreaterThan(5);
  const text = JSON.stringify(rows);
  for (const secret of [PASSWORD, token, await bob!.client.accessToken()])
    expect(text).not.toContain(secret);
});
