import { afterAll, expect, test } from 'vitest';

import { connect } from '../database.ts';
import { ACCEPT, invite, join, makePerson, makeWorkspace } from '../testing/people.ts';
import { startUsersServer } from '../testing/users-server.ts';

const server = await startUsersServer();
const orm = await connect(server.config.DATABASE_URL);
afterAll(async () => {
  await orm.close();
  await server[Symbol.asyncDispose]();
});
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

test('a member is not invited again, and a second invitation takes the place of the first', async () => {
  const dan = await makePerson(server.origin, 'Dan');
  const { token } = await invite(ada!, { workspaceId, email: dan.email });
  await join(ada!, dan, { workspaceId, role: 'EDITOR' });
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

test('an invitation lasts seven days, and only its digest is kept', async () => {
  const { token, invitation } = await invite(ada!, { workspaceId, email: cleo!.email });
  const em = orm.em.fork();
  const [row] = await em.execute<{ days: number; row: string }[]>(
    `SELECT extract(day FROM expires_at - created_at)::int AS days, invitations::text AS row
     FROM invitations WHERE id = ?`,
    [invitation.id],
  );
  expect(row!.days).toBe(7);
  expect(row!.row).not.toContain(token);
  await em.execute('UPDATE invitations SET expires_at = now() WHERE id = ?', [invitation.id]);
  expect(await cleo!.client.query(LOOK, { token })).toEqual({ invitation: null });
  await expect(cleo!.client.query(ACCEPT, { token })).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('a hundred invitations wait at most, also when many are made at once', async () => {
  const crowded = await makeWorkspace(ada!, 'Crowded');
  const outcomes = await Promise.allSettled(
    Array.from({ length: 102 }, (_, index) =>
      invite(ada!, { workspaceId: crowded, email: `guest-${index}@example.org` }),
    ),
  );
  const refused = outcomes.filter(({ status }) => status === 'rejected');
  const conflict = { status: 'rejected', reason: expect.objectContaining({ code: 'CONFLICT' }) };
  expect(refused).toEqual([conflict, conflict]);
});

test('open invitations end with the ownership of who sent them, however it ends', async () => {
  const ENDINGS = {
    demoted: 'changeMemberRole(input: { workspaceId: $w, userId: $u, role: EDITOR })',
    removed: 'removeMember(input: { workspaceId: $w, userId: $u })',
    left: 'leaveWorkspace(id: $w)',
    transferred: 'transferWorkspace(input: { workspaceId: $w, userId: $other })',
  };
  for (const [name, mutation] of Object.entries(ENDINGS)) {
    const w = await makeWorkspace(ada!, name);
    const second = await makePerson(server.origin, 'second');
    await join(ada!, second, { workspaceId: w, role: 'OWNER' });
    const theirs = await invite(second, { workspaceId: w, email: cleo!.email });
    const others = await invite(ada!, { workspaceId: w, email: 'other@example.org' });
    const own = name === 'left' || name === 'transferred';
    const values = Object.entries({ w, u: second.id, other: ada!.id }).filter(([key]) =>
      mutation.includes(`$${key}`),
    );
    const declared = values.map(([key]) => `$${key}: ID!`).join();
    await (own ? second : ada!).client.query(
      `mutation (${declared}) { ${mutation} { __typename } }`,
      Object.fromEntries(values),
    );
    await expect(cleo!.client.query(ACCEPT, { token: theirs.token })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    const open = await orm.em
      .fork()
      .execute<{ id: string }[]>(
        'SELECT id FROM invitations WHERE workspace_id = ? AND accepted_at IS NULL AND revoked_at IS NULL',
        [w],
      );
    expect(open).toEqual([{ id: others.invitation.id }]);
  }
});

test('accepting stands in nobody’s way: it is before or after what the owner does meanwhile', async () => {
  const outcomeOf = (work: Promise<unknown>): Promise<unknown> =>
    work.then(
      () => 'done',
      (error: { code: string }) => error.code,
    );
  const DELETE = 'mutation ($id: ID!) { deleteWorkspace(id: $id) { deletedId } }';
  const REVOKE = 'mutation ($id: ID!) { revokeInvitation(id: $id) { revokedId } }';
  for (const meanwhile of ['delete', 'revoke', 'replace']) {
    for (let round = 0; round < 5; round++) {
      const id = await makeWorkspace(ada!, 'Contended');
      const { token, invitation } = await invite(ada!, { workspaceId: id, email: cleo!.email });
      const work = {
        delete: () => ada!.client.query(DELETE, { id }),
        revoke: () => ada!.client.query(REVOKE, { id: invitation.id }),
        replace: () => invite(ada!, { workspaceId: id, email: cleo!.email }),
      }[meanwhile]!;
      const outcomes = await Promise.all([
        outcomeOf(cleo!.client.query(ACCEPT, { token })),
        outcomeOf(work()),
      ]);
      // The second one finds the work done, but a workspace can be deleted with its new member.
      const possible = [
        ['NOT_FOUND', 'done'],
        ['done', { delete: 'done', revoke: 'NOT_FOUND', replace: 'CONFLICT' }[meanwhile]],
      ];
      expect(possible).toContainEqual(outcomes);
    }
  }
});

test('what is no e-mail address is refused', async () => {
  await expect(invite(ada!, { workspaceId, email: 'nobody' })).rejects.toMatchObject({
    code: 'BAD_USER_INPUT',
  });
});
