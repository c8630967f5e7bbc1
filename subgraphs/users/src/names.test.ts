import { signUp } from '@affluent/client/testing';
import { afterAll, expect, test } from 'vitest';

import { makePerson, makeWorkspace, PASSWORD } from './testing/people.ts';
import { startUsersServer } from './testing/users-server.ts';

const server = await startUsersServer();
afterAll(() => server[Symbol.asyncDispose]());
const { origin } = server;
const ada = await makePerson(origin, 'Ada');
const workspaceId = await makeWorkspace(ada);

/** Each name that a person chooses and others see. */
const MUTATIONS: readonly (readonly [string, string])[] = [
  ['createWorkspace', '(input: { name: $name }) { workspace { id } }'],
  ['renameWorkspace', `(input: { id: "${workspaceId}", name: $name }) { workspace { id } }`],
  ['updateProfile', '(input: { displayName: $name }) { viewer { id } }'],
  ['createAccessToken', '(input: { name: $name, scopes: ["profile"] }) { token }'],
  [
    'registerOAuthClient',
    '(input: { name: $name, type: CONFIDENTIAL, redirectUris: [], scopes: [] }) { client { id } }',
  ],
  ['finishPasskeyRegistration', '(input: { name: $name, response: {} }) { passkey { id } }'],
];

test.each(MUTATIONS)('%s takes no name that hides or turns', async (name, rest) => {
  const mutation = `mutation ($name: String!) { ${name}${rest} }`;
  for (const [text, character] of [
    ['Ada\u202Egnp.exe', 'U+202E'],
    ['Ad\u200Ba', 'U+200B'],
    ['Ad\0a', 'U+0000'],
  ])
    await expect(ada.client.query(mutation, { name: text })).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      message: expect.stringContaining(`cannot contain ${character}`),
    });
});

test('a sign-up says which character does not fit, and keeps a name composed', async () => {
  const account = { origin, email: 'amelie@example.org', password: PASSWORD };
  await expect(signUp({ ...account, displayName: 'Ame\u202Elie' })).rejects.toThrow('U+202E');
  const client = await signUp({ ...account, displayName: ' Ame\u0301lie ' });
  expect(await client.query('{ viewer { displayName } }')).toEqual({
    viewer: { displayName: 'Am\u00E9lie' },
  });
});
