import { afterAll, expect, test } from 'vitest';

import { ACCEPT, invite, join, makePerson, makeWorkspace } from '../testing/people.ts';
import { startUsersServer } from '../testing/users-server.ts';

const server = await startUsersServer();
afterAll(() => server[Symbol.asyncDispose]());
const [ada, bob, cleo] = await Promise.all(
  ['Ada', 'Bob', 'Cleo'].map((name) => makePerson(server.origin, name)),
);
const workspaceId = await makeWorkspace(ada!, 'Engines');

const LOOK =
  'query ($token: String!) { invitation(token: $token) { email role workspaceName invitedBy } }';

test('a link shows what it is for, makes a member once, and only whom it is for', async () => {
  const { token, acceptUrl } = await invite(ada!, {
    workspaceId,
    email: bob!.email.toUpperCase(),
    role: 'EDITOR',
  });
  expect(acceptUrl).toBe(`${server.origin}/invitations/${token}`);
  expect(await bob!.client.query(LOOK, { token })).toEqual({
    invitation: {
      email: bob!.email.toUpperCase(),
      role: 'EDITOR',
      workspaceName: 'Engines',
      invitedBy: 'Ada',
    },
  });
  await expect(cleo!.client.query(ACCEPT, { token })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  const outcomes = await Promise.allSettled(
    Array.from({ length: 4 }, () => bob!.client.query(ACCEPT, { token })),
  );
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toEqual([
    {
      status: 'fulfilled',
      value: {
        acceptInvitation: { membership: { role: 'EDITOR', workspace: { name: 'Engines' } } },
      },
    },
  ]);
  expect(await bob!.client.query(LOOK, { token })).toEqual({ invitation: null });
});

test('a member is not invited again, and accepting an older link lowers no role', async () => {
  const dan = await makePerson(server.origin, 'Dan');
  const { token } = await invite(ada!, { workspaceId, email: dan.email });
  await join(ada!, dan, { workspaceId, role: 'EDITOR' });
  // The second invitation has taken the place of the first.
  await expect(dan.client.query(ACCEPT, { token })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(invite(ada!, { workspaceId, email: dan.email })).rejects.toMatchObject({
    code: 'CONFLICT',
  });
});

test('an invitation that was taken back is worth nothing, and one of a deleted workspace neither', async () => {
  const REVOKE = 'mutation ($id: ID!) { revokeInvitation(id: $id) { revokedId } }';
  const first = await invite(ada!, { workspaceId, email: cleo!.email });
  const { id } = first.invitation;
  await expect(cleo!.client.query(REVOKE, { id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(bob!.client.query(REVOKE, { id })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await ada!.client.query(REVOKE, { id });
  await expect(ada!.client.query(REVOKE, { id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(cleo!.client.query(ACCEPT, { token: first.token })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
  const doomed = await makeWorkspace(ada!, 'Doomed');
  const second = await invite(ada!, { workspaceId: doomed, email: cleo!.email });
  await ada!.client.query('mutation ($id: ID!) { deleteWorkspace(id: $id) { deletedId } }', {
    id: doomed,
  });
  await expect(cleo!.client.query(ACCEPT, { token: second.token })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
});

test('what is no e-mail address is refused', async () => {
  await expect(invite(ada!, { workspaceId, email: 'nobody' })).rejects.toMatchObject({
    code: 'BAD_USER_INPUT',
  });
});
