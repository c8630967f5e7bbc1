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

const setRole = (name: keyof typeof people, userId: string, role: string) =>
  codeOf(
    people[name].client.query(
      'mutation ($w: ID!, $u: ID!, $role: WorkspaceRole!) { changeMemberRole(input: { workspaceId: $w, userId: $u, role: $role }) { membership { role } } }',
      { w: workspaceId, u: userId, role },
    ),
  );

test('everybody may leave, but for the last owner', async () => {
  const LEAVE = 'mutation ($w: ID!) { leaveWorkspace(id: $w) { leftId } }';
  const leave = (name: keyof typeof people) =>
    codeOf(people[name].client.query(LEAVE, { w: workspaceId }));
  expect(await leave('viewer')).toBe('done');
  expect(await leave('viewer')).toBe('NOT_FOUND');
  expect(await leave('owner')).toBe('CONFLICT');
  await setRole('owner', people.editor.id, 'OWNER');
  const outcomes = await Promise.all([leave('owner'), leave('editor')]);
  expect(outcomes.toSorted()).toEqual(['CONFLICT', 'done']);
});

test('of two owners who act against each other at once, one stays owner', async () => {
  const remove = (name: keyof typeof people, userId: string) =>
    codeOf(people[name].client.query(MUTATIONS.removeMember, { w: workspaceId, u: userId }));
  await setRole('owner', people.editor.id, 'OWNER');
  const demotions = await Promise.all([
    setRole('owner', people.editor.id, 'VIEWER'),
    setRole('editor', people.owner.id, 'VIEWER'),
  ]);
  expect(demotions.toSorted()).toEqual(['FORBIDDEN', 'done']);
  const winner = demotions[0] === 'done' ? 'owner' : 'editor';
  const loser = winner === 'owner' ? 'editor' : 'owner';
  await setRole(winner, people[loser].id, 'OWNER');
  const removals = await Promise.all([
    remove('owner', people.editor.id),
    remove('editor', people.owner.id),
  ]);
  expect(removals.toSorted()).toEqual(['NOT_FOUND', 'done']);
});

test('the last owner stays owner, and a transfer makes another one', async () => {
  const { client, id } = people.owner;
  expect(await setRole('owner', id, 'VIEWER')).toBe('CONFLICT');
  expect(await codeOf(client.query(MUTATIONS.removeMember, { w: workspaceId, u: id }))).toBe(
    'CONFLICT',
  );
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

interface Heard {
  readonly membershipsChanged: readonly { readonly workspace: { readonly id: string } }[];
}

test('a deleted workspace is gone at once, for everybody', async () => {
  const { client } = people.editor;
  const live = client.subscribe<Heard>('subscription { membershipsChanged { workspace { id } } }');
  const heard = async () =>
    ((await live.next()).value as Heard).membershipsChanged.map(({ workspace }) => workspace);
  expect(await heard()).toContainEqual({ id: workspaceId });
  await people.owner.client.query(MUTATIONS.deleteWorkspace, { w: workspaceId });
  expect(await heard()).not.toContainEqual({ id: workspaceId });
  await live.return!();
  for (const person of Object.values(people)) {
    const query = 'query ($w: ID!) { workspace(id: $w) { name } }';
    expect(await person.client.query(query, { w: workspaceId })).toEqual({ workspace: null });
  }
  const again = people.owner.client.query(MUTATIONS.deleteWorkspace, { w: workspaceId });
  expect(await codeOf(again)).toBe('NOT_FOUND');
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
