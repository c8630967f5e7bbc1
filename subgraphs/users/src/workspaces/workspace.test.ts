import type { Client } from '@affluent/client';
import { signUp } from '@affluent/client/testing';
import { runOperation } from '@affluent/subgraph/testing';
import { afterAll, expect, test } from 'vitest';

import { ACCEPT, invite } from '../testing/people.ts';
import { startUsersServer } from '../testing/users-server.ts';

const server = await startUsersServer();
afterAll(() => server[Symbol.asyncDispose]());
const { origin } = server;

const account = (name: string) => ({
  origin,
  displayName: name,
  email: `${name}@example.org`,
  password: 'correct horse',
});
const [ada, bob] = await Promise.all([signUp(account('ada')), signUp(account('bob'))]);

const CREATE = `mutation ($name: String!) {
  createWorkspace(input: { name: $name }) {
    workspace { id name members { role user { displayName } workspace { name } } }
  }
}`;
const ENTITIES = `query ($representations: [_Any!]!) {
  _entities(representations: $representations) {
    ... on Workspace { name members { user { email } } }
    ... on User { email }
  }
}`;

const entity = (client: Client, representation: Record<string, string>) =>
  client.query(ENTITIES, { representations: [representation] });

test('a workspace belongs to its creator, and exists for no other person', async () => {
  const { createWorkspace } = await ada.query<{ createWorkspace: { workspace: { id: string } } }>(
    CREATE,
    {
      name: '  Rainfall ',
    },
  );
  expect(createWorkspace.workspace).toEqual({
    id: expect.any(String),
    name: 'Rainfall',
    members: [{ role: 'OWNER', user: { displayName: 'ada' }, workspace: { name: 'Rainfall' } }],
  });
  const reference = { __typename: 'Workspace', id: createWorkspace.workspace.id };
  expect(await entity(ada, reference)).toEqual({
    _entities: [{ name: 'Rainfall', members: [{ user: { email: 'ada@example.org' } }] }],
  });
  expect(await entity(bob, reference)).toEqual({ _entities: [null] });
});

test('a user is seen by themselves, and not by strangers', async () => {
  const { viewer } = await ada.query<{ viewer: { id: string } }>('{ viewer { id } }');
  const reference = { __typename: 'User', id: viewer.id };
  expect(await entity(ada, reference)).toEqual({ _entities: [{ email: 'ada@example.org' }] });
  expect(await entity(bob, reference)).toEqual({ _entities: [null] });
  expect(await entity(bob, { __typename: 'User', id: 'no-such-id' })).toEqual({
    _entities: [null],
  });
});

test('members of a workspace see each other there, and nowhere else', async () => {
  const [cleo, dan] = await Promise.all([signUp(account('cleo')), signUp(account('dan'))]);
  const { createWorkspace } = await cleo.query<{ createWorkspace: { workspace: { id: string } } }>(
    CREATE,
    { name: 'Shared' },
  );
  const { viewer } = await dan.query<{ viewer: { id: string } }>('{ viewer { id } }');
  const workspaceId = createWorkspace.workspace.id;
  const { token } = await invite({ client: cleo }, { workspaceId, email: 'dan@example.org' });
  await dan.query(ACCEPT, { token });
  const reference = { __typename: 'User', id: viewer.id };
  expect(await entity(cleo, reference)).toEqual({ _entities: [{ email: 'dan@example.org' }] });
  expect(await entity(bob, reference)).toEqual({ _entities: [null] });
  expect(
    await dan.query(
      '{ viewer { memberships { workspace { name members { user { displayName memberships { workspace { name } } } } } } } }',
    ),
  ).toEqual({
    viewer: {
      memberships: [
        {
          workspace: {
            name: "dan's workspace",
            members: [
              {
                user: {
                  displayName: 'dan',
                  memberships: [
                    { workspace: { name: "dan's workspace" } },
                    { workspace: { name: 'Shared' } },
                  ],
                },
              },
            ],
          },
        },
        {
          workspace: {
            name: 'Shared',
            members: [
              {
                user: { displayName: 'cleo', memberships: [{ workspace: { name: 'Shared' } }] },
              },
              {
                user: {
                  displayName: 'dan',
                  memberships: [
                    { workspace: { name: "dan's workspace" } },
                    { workspace: { name: 'Shared' } },
                  ],
                },
              },
            ],
          },
        },
      ],
    },
  });
});

test('the name of a workspace has 1 to 100 characters', async () => {
  await expect(ada.query(CREATE, { name: '   ' })).rejects.toMatchObject({
    code: 'BAD_USER_INPUT',
  });
  await expect(ada.query(CREATE, { name: 'a\0b' })).rejects.toMatchObject({
    code: 'BAD_USER_INPUT',
  });
  await expect(ada.query(CREATE, { name: 'x'.repeat(101) })).rejects.toMatchObject({
    code: 'BAD_USER_INPUT',
  });
});

test('without an identity only viewer answers, and it is null', async () => {
  expect(await runOperation({ url: origin, query: '{ viewer { id } }' })).toMatchObject({
    data: { viewer: null },
  });
  for (const query of [
    '{ __schema { types { name } } }',
    '{ _service { sdl } }',
    'mutation { createWorkspace(input: { name: "x" }) { workspace { id } } }',
  ]) {
    const { status, errors } = await runOperation({ url: origin, query });
    expect(status).toBe(401);
    expect(errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  }
  const { status } = await runOperation({
    url: origin,
    token: 'a.b.c',
    query: '{ viewer { id } }',
  });
  expect(status).toBe(401);
});
