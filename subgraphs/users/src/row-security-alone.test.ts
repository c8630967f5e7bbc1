import type * as Subgraph from '@affluent/subgraph';
import type { EntityManager } from '@mikro-orm/postgresql';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';

import type { Context } from './context.ts';
import { connect } from './database.ts';
import { Membership } from './memberships/membership.ts';
import { Workspace } from './memberships/workspace.ts';
import { invite, join, makePerson, makeWorkspace, type Person } from './testing/people.ts';
import { startUsersServer } from './testing/users-server.ts';

/** Replaces the caller's id in the code, which disables every check that compares an id with the caller's. */
const { mistakenFor } = vi.hoisted(() => ({ mistakenFor: new Map<string, string>() }));

// Every check in the code passes here, so whatever is still refused is refused by row-level security alone.
vi.mock('@affluent/subgraph', async (original) => {
  const actual = await original<typeof Subgraph>();
  const identityOf: typeof actual.identityOf = (context) => {
    const identity = actual.identityOf(context);
    return { ...identity, userId: mistakenFor.get(identity.userId) ?? identity.userId };
  };
  return { ...actual, identityOf };
});
vi.mock('./memberships/visible-memberships.ts', () => ({
  visibleMemberships: ({ em }: Context) => {
    const find = (where: object) => em.find(Membership, where, { populate: ['workspace', 'user'] });
    return {
      ofUser: (user: string) => find({ user }),
      ofWorkspace: (workspace: string) => find({ workspace }),
      ownIn: async (id: string) => {
        const [found] = await find({ workspace: id });
        return { role: 'OWNER', workspace: found?.workspace ?? { id, name: 'unseen' } };
      },
    };
  },
}));
vi.mock('./workspaces/workspace.policy.ts', async (original) => {
  const inWorkspace = (
    { em }: Context,
    id: string,
    work: (locked: { em: EntityManager; workspace: Workspace; own: object }) => unknown,
  ) =>
    em.fork().transactional(async (tx) => {
      const seen = await tx.findOne(Workspace, { id });
      const workspace = seen ?? tx.getReference(Workspace, id);
      return work({ em: tx, workspace, own: { role: 'OWNER' } });
    });
  return {
    ...(await original<object>()),
    inWorkspace,
    asOwner: inWorkspace,
    assertOwner: async () => {},
    assertOwnerRemains: async () => {},
  };
});
// Without this, forbidden changes could fail at the audit entry, which is written last, instead of at the change.
vi.mock('./audit/record-audit-event.ts', () => ({ recordAuditEvent: async () => {} }));
vi.mock('./workspaces/user.resolver.ts', async (original) => ({
  ...(await original<object>()),
  resolveUser: async ({ id }: { id: string }) => ({ id, email: 'unseen', displayName: 'unseen' }),
}));

const server = await startUsersServer();
const orm = await connect(server.config.DATABASE_URL);
afterAll(async () => {
  await orm.close();
  await server[Symbol.asyncDispose]();
});
const [ada, vera, sam] = (await Promise.all(
  ['ada', 'vera', 'sam'].map((name) => makePerson(server.origin, name)),
)) as [Person, Person, Person];
const ids = { workspace: '', invitation: '', passkey: '', account: '', token: '', client: '' };
let link = '';

beforeAll(async () => {
  ids.workspace = await makeWorkspace(ada, 'Engines');
  await join(ada, vera, { workspaceId: ids.workspace, role: 'VIEWER' });
  const { token, invitation } = await invite(ada, {
    workspaceId: ids.workspace,
    email: 'guest@example.org',
    role: 'OWNER',
  });
  link = token;
  ids.invitation = invitation.id;
  const made = await ada.client.query<Record<string, Record<string, { id: string }>>>(`mutation {
    createAccessToken(input: { name: "CI", scopes: ["datasets:read"] }) { accessToken { id } }
    registerOAuthClient(input: { name: "Tool", redirectUris: ["https://tool.example.org/"], scopes: ["datasets:read"] }) {
      client { id } } }`);
  ids.token = made.createAccessToken!.accessToken!.id;
  ids.client = made.registerOAuthClient!.client!.id;
  ids.passkey = crypto.randomUUID();
  ids.account = crypto.randomUUID();
  const em = orm.em.fork();
  await em.execute(
    `INSERT INTO passkeys VALUES (?, ?, 'credential', '', 0, '{}', 'Phone', false, now())`,
    [ids.passkey, ada.id],
  );
  await em.execute(
    `INSERT INTO connected_accounts VALUES (?, ?, 'outside', 'ada', 'ada@example.org', now())`,
    [ids.account, ada.id],
  );
  await em.execute(
    `INSERT INTO audit_events VALUES (gen_random_uuid(), 'SIGNED_IN', now(), ?, NULL),
       (gen_random_uuid(), 'WORKSPACE_CREATED', now(), ?, ?)`,
    [ada.id, ada.id, ids.workspace],
  );
});

const ACCOUNT = `passkeys { id name } sessions { id } grants { id } accessTokens { id name } oauthClients { id name }
  connectedAccounts { id } auditEvents { edges { node { kind } } } memberships { role }`;
const PLACE = `members { role user { email displayName } } invitations { id } events: auditEvents { edges { node { kind } } }`;
const READ = `query ($of: [_Any!]!, $w: ID!) {
  workspace(id: $w) { name ${PLACE} }
  _entities(representations: $of) { ... on User { ${ACCOUNT} } ... on Workspace { name ${PLACE} } } }`;

/** Everything of Ada and her workspace that a person can read. */
const look = ({ client }: Person): Promise<unknown> =>
  client.query(READ, {
    w: ids.workspace,
    of: [
      { __typename: 'User', id: ada.id },
      { __typename: 'Workspace', id: ids.workspace },
    ],
  });

test('without any check in the code, nothing of another person or workspace comes back', async () => {
  mistakenFor.set(sam.id, ada.id);
  const none = { members: [], invitations: [], events: { edges: [] } };
  expect(await look(sam)).toEqual({
    workspace: { name: 'unseen', ...none },
    _entities: [
      {
        passkeys: [],
        sessions: [],
        grants: [],
        accessTokens: [],
        oauthClients: [],
        connectedAccounts: [],
        auditEvents: { edges: [] },
        memberships: [],
      },
      { name: 'unseen', ...none },
    ],
  });
  expect(await look(ada)).toMatchObject({
    workspace: {
      members: [{ role: 'OWNER' }, { role: 'VIEWER' }],
      invitations: [{ id: ids.invitation }],
      events: { edges: [{}, {}] },
    },
    _entities: [
      {
        passkeys: [{ id: ids.passkey }],
        sessions: [{}],
        grants: [{}],
        accessTokens: [{ id: ids.token }],
        oauthClients: [{ id: ids.client }],
        connectedAccounts: [{ id: ids.account }],
        auditEvents: { edges: [{}, {}] },
        memberships: [{}, {}],
      },
      {},
    ],
  });
});

const KEPT =
  `users workspaces memberships invitations access_tokens oauth_clients passkeys passkey_challenges
  connected_accounts email_tokens`.split(/\s+/);

/** All rows that a request could change, as the service itself sees them. */
async function readAll(): Promise<Record<string, string[]>> {
  const em = orm.em.fork();
  const queries = [
    ...KEPT.map((table) => [table, `SELECT t::text AS row FROM ${table} AS t ORDER BY 1`] as const),
    ['sessions', 'SELECT id AS row FROM sessions ORDER BY 1'] as const,
    ['grants', `SELECT id AS row FROM oidc_payloads WHERE model = 'Grant' ORDER BY 1`] as const,
  ];
  const found: Record<string, string[]> = {};
  for (const [name, sql] of queries)
    found[name] = (await em.execute<{ row: string }[]>(sql)).map(({ row }) => row);
  return found;
}

const CHANGES = [
  'renameWorkspace(input: { id: $workspace, name: "Taken" })',
  'inviteMember(input: { workspaceId: $workspace, email: "x@example.org" })',
  'revokeInvitation(id: $invitation)',
  'changeMemberRole(input: { workspaceId: $workspace, userId: $ada, role: VIEWER })',
  'changeMemberRole(input: { workspaceId: $workspace, userId: $vera, role: OWNER })',
  'transferWorkspace(input: { workspaceId: $workspace, userId: $vera })',
  'removeMember(input: { workspaceId: $workspace, userId: $ada })',
  'leaveWorkspace(id: $workspace)',
  'deleteWorkspace(id: $workspace)',
  'acceptInvitation(input: { token: $link })',
  'updateProfile(input: { displayName: "Taken" })',
  'changePassword(input: { newPassword: "another sentence of theirs" })',
  'sendVerificationEmail',
  'startPasskeyRegistration',
  'renamePasskey(input: { id: $passkey, name: "Taken" })',
  'disconnectAccount(id: $account)',
  'removePasskey(id: $passkey)',
  'createAccessToken(input: { name: "Taken", scopes: ["datasets:read"] })',
  'revokeAccessToken(id: $token)',
  'registerOAuthClient(input: { name: "Taken", redirectUris: [], clientCredentials: true, scopes: ["datasets:read"] })',
  'updateOAuthClient(input: { id: $client, name: "Taken" })',
  'rotateOAuthClientSecret(id: $client)',
  'deleteOAuthClient(id: $client)',
  'revokeGrant(id: $grant)',
  'endSession(id: $session)',
  'signOutEverywhere',
];

test.each(CHANGES)('nor does anybody but its owner change it by %s', async (change) => {
  const before = await readAll();
  const { _entities: seen } = (await look(ada)) as {
    _entities: [{ sessions: { id: string }[]; grants: { id: string }[] }];
  };
  const [{ sessions, grants }] = seen;
  const things = {
    ...ids,
    link,
    ada: ada.id,
    vera: vera.id,
    session: sessions[0]!.id,
    grant: grants[0]!.id,
  };
  for (const { client, id } of [sam, vera]) {
    mistakenFor.set(id, ada.id);
    const used = Object.entries(things).filter(([name]) => change.includes(`$${name}`));
    const declared = used.map(([name]) => `$${name}: ${name === 'link' ? 'String' : 'ID'}!`);
    const head = declared.length > 0 ? `mutation (${declared.join()})` : 'mutation';
    const code = await client
      .query(`${head} { ${change} { __typename } }`, Object.fromEntries(used))
      .then(
        () => 'done without effect',
        (error: { code: string }) => error.code,
      );
    expect(code).not.toMatch('BAD_USER_INPUT|GRAPHQL_VALIDATION_FAILED');
    mistakenFor.delete(id);
  }
  expect(await readAll()).toEqual(before);
});
