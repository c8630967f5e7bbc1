import { afterAll, beforeEach, expect, test } from 'vitest';

import { join, makePerson, makeWorkspace } from '../testing/people.ts';
import { startUsersServer } from '../testing/users-server.ts';

const server = await startUsersServer();
afterAll(() => server[Symbol.asyncDispose]());

const [owner, editor, viewer, stranger] = await Promise.all(
  ['owner', 'editor', 'viewer', 'stranger'].map((name) => makePerson(server.origin, name)),
);
const people = { owner: owner!, editor: editor!, viewer: viewer!, stranger: stranger! };

let workspaceId = '';
beforeEach(async () => {
  workspaceId = await makeWorkspace(people.owner);
  await join(people.owner, people.editor, { workspaceId, role: 'EDITOR' });
  await join(people.owner, people.viewer, { workspaceId, role: 'VIEWER' });
});

const MUTATIONS = {
  renameWorkspace: `mutation ($w: ID!) { renameWorkspace(input: { id: $w, name: "New" }) { workspace { name } } }`,
  deleteWorkspace: `mutation ($w: ID!) { deleteWorkspace(id: $w) { deletedId } }`,
  inviteMember: `mutation ($w: ID!) { inviteMember(input: { workspaceId: $w, email: "x@example.org" }) { acceptUrl } }`,
  changeMemberRole: `mutation ($w: ID!, $u: ID!) { changeMemberRole(input: { workspaceId: $w, userId: $u, role: EDITOR }) { membership { role } } }`,
  removeMember: `mutation ($w: ID!, $u: ID!) { removeMember(input: { workspaceId: $w, userId: $u }) { workspace { id } } }`,
  transferWorkspace: `mutation ($w: ID!, $u: ID!) { transferWorkspace(input: { workspaceId: $w, userId: $u }) { workspace { id } } }`,
};

const codeOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'done',
    (error: { code: string }) => error.code,
  );

test.each(Object.entries(MUTATIONS))('%s is for owners', async (_, mutation) => {
  const variables = { w: workspaceId, u: people.viewer.id };
  const outcomes: Record<string, unknown> = {};
  for (const name of ['stranger', 'viewer', 'editor', 'owner'] as const)
    outcomes[name] = await codeOf(people[name].client.query(mutation, variables));
  expect(outcomes).toEqual({
    stranger: 'NOT_FOUND',
    viewer: 'FORBIDDEN',
    editor: 'FORBIDDEN',
    owner: 'done',
  });
});

test('the invitations and the audit log of a workspace are for owners', async () => {
  for (const field of ['invitations { id }', 'auditEvents { edges { node { id } } }']) {
    const query = `query ($w: ID!) { workspace(id: $w) { ${field} } }`;
    const variables = { w: workspaceId };
    expect(await codeOf(people.editor.client.query(query, variables))).toBe('FORBIDDEN');
    expect(await codeOf(people.owner.client.query(query, variables))).toBe('done');
    expect(await people.stranger.client.query(query, variables)).toEqual({ workspace: null });
  }
});

test('everybody may leave, but for the last owner, also when two owners go at once', async () => {
  const LEAVE = 'mutation ($w: ID!) { leaveWorkspace(id: $w) { leftId } }';
  const leave = (name: keyof typeof people) =>
    codeOf(people[name].client.query(LEAVE, { w: workspaceId }));
  expect(await leave('viewer')).toBe('done');
  expect(await leave('viewer')).toBe('NOT_FOUND');
  expect(await leave('owner')).toBe('CONFLICT');
  await people.owner.client.query(
    'mutation ($w: ID!, $u: ID!) { changeMemberRole(input: { workspaceId: $w, userId: $u, role: OWNER }) { membership { role } } }',
    { w: workspaceId, u: people.editor.id },
  );
  const outcomes = await Promise.all([leave('owner'), leave('editor')]);
  expect(outcomes.toSorted()).toEqual(['CONFLICT', 'done']);
});

test('the last owner stays owner, and a transfer makes another one', async () => {
  const { client, id } = people.owner;
  const demote =
    'mutation ($w: ID!, $u: ID!) { changeMemberRole(input: { workspaceId: $w, userId: $u, role: VIEWER }) { membership { role } } }';
  expect(await codeOf(client.query(demote, { w: workspaceId, u: id }))).toBe('CONFLICT');
  await client.query(MUTATIONS.transferWorkspace, { w: workspaceId, u: people.viewer.id });
  expect(
    await people.viewer.client.query(
      'query ($w: ID!) { workspace(id: $w) { members { role user { displayName } } } }',
      { w: workspaceId },
    ),
  ).toEqual({
    workspace: {
      members: [
        { role: 'EDITOR', user: { displayName: 'owner' } },
        { role: 'EDITOR', user: { displayName: 'editor' } },
        { role: 'OWNER', user: { displayName: 'viewer' } },
      ],
    },
  });
});

test('a member hears at once of each change that concerns them, and of the end of their token', async () => {
  const { client, id } = people.viewer;
  const live = client.subscribe<{
    membershipsChanged: { role: string; workspace: { name: string } }[];
  }>('subscription { membershipsChanged { role workspace { name } } }');
  const shared = async () => {
    const { value } = await live.next();
    return value?.membershipsChanged.find(({ workspace }: { workspace: { name: string } }) =>
      ['Shared', 'New'].includes(workspace.name),
    );
  };
  const before = (await live.next()).value!.membershipsChanged.length;
  await people.owner.client.query(MUTATIONS.removeMember, { w: workspaceId, u: id });
  expect((await live.next()).value!.membershipsChanged).toHaveLength(before - 1);
  await join(people.owner, people.viewer, { workspaceId, role: 'VIEWER' });
  expect(await shared()).toBeDefined();
  await client.query('mutation { signOutEverywhere { ended } }');
  await expect(live.next()).rejects.toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
  await expect(client.query('{ viewer { id } }')).rejects.toMatchObject({
    code: 'UNAUTHENTICATED',
  });
});
