import { signIn, signUp } from '@affluent/client/testing';
import { afterAll, expect, test } from 'vitest';

import { admit, LIMITS } from '../attempts/counted-attempt.ts';
import { connect } from '../database.ts';
import { openMailbox } from '../testing/mailbox.ts';
import { invite, makeWorkspace, PASSWORD, type Person } from '../testing/people.ts';
import { startUsersServer } from '../testing/users-server.ts';
import { User } from '../users/user.ts';

// These accounts are from before there was a mail server, so that their addresses are not confirmed.
const before = await startUsersServer();
const account = (displayName: string) => ({
  displayName,
  email: `${displayName.slice(0, 3).toLowerCase()}@example.org`,
  password: PASSWORD,
});
const NAMES = ['Ada https://evil.example/win', 'Bob', 'Cleo'];
for (const name of NAMES) await signUp({ origin: before.origin, ...account(name) });
await before[Symbol.asyncDispose]();
const mailbox = await openMailbox();
const server = await startUsersServer({
  SMTP_URL: mailbox.url,
  DATABASE_URL: before.config.DATABASE_URL,
  ENCRYPTION_KEY: Buffer.from(before.config.ENCRYPTION_KEY).toString('base64url'),
});
const orm = await connect(server.config.DATABASE_URL);
afterAll(async () => {
  await orm.close();
  await server[Symbol.asyncDispose]();
  await mailbox[Symbol.asyncDispose]();
});

const [ada, bob, cleo] = (await Promise.all(
  NAMES.map(async (name) => {
    const client = await signIn({ origin: server.origin, ...account(name) });
    const { viewer } = await client.query<{ viewer: { id: string; email: string } }>(
      '{ viewer { id email } }',
    );
    return { client, ...viewer };
  }),
)) as [Person, Person, Person];

const confirm = (...people: readonly Person[]) =>
  orm.em
    .fork()
    .nativeUpdate(User, { id: people.map(({ id }) => id) }, { emailVerifiedAt: new Date() });

test('who has not confirmed their address invites nobody, and no mail leaves', async () => {
  const workspaceId = await makeWorkspace(ada, 'Engines');
  const invitee = { workspaceId, email: 'guest@example.org' };
  await expect(invite(ada, invitee)).rejects.toMatchObject({
    code: 'FORBIDDEN',
    message: 'Confirm your e-mail address first, then invite others.',
  });
  await confirm(ada);
  const { acceptUrl } = await invite(ada, invitee);
  const { text } = await mailbox.take(invitee.email);
  expect(text).toContain(acceptUrl);
  expect(mailbox.countFor(invitee.email)).toBe(0);
});

test('the mail says which address invites, and sets apart what a person wrote, without links', async () => {
  await confirm(ada);
  const workspaceId = await makeWorkspace(ada, 'You won! www.evil.example');
  await invite(ada, { workspaceId, email: 'winner@example.org' });
  const { text } = await mailbox.take('winner@example.org');
  const vouched = text.slice(0, text.indexOf('These names were chosen by that person'));
  expect(vouched).toContain('The owner of the Affluent account ada@example.org invites you');
  expect(vouched).not.toMatch(/evil|won/);
  expect(text).not.toContain('evil.example');
  expect(text).toContain('Workspace: You won  www evil example');
});

test('a mailbox gets five invitations a day, from all senders and in every spelling of its address', async () => {
  await confirm(ada, bob);
  const [adas, bobs] = await Promise.all([makeWorkspace(ada), makeWorkspace(bob)]);
  const outcomes = await Promise.allSettled(
    Array.from({ length: 12 }, (_, n) =>
      invite(n % 2 ? ada : bob, {
        workspaceId: n % 2 ? adas : bobs,
        email: n % 3 ? `victim+${n}@example.org` : 'VICTIM@example.org',
      }),
    ),
  );
  const refused = outcomes.filter(({ status }) => status === 'rejected');
  expect(refused).toHaveLength(12 - LIMITS.INVITATION_MAIL.max);
  for (const { reason } of refused as PromiseRejectedResult[])
    expect(reason).toMatchObject({ code: 'RATE_LIMITED' });
});

test('a person invites 200 others in a day at most', async () => {
  await confirm(cleo);
  const workspaceId = await makeWorkspace(cleo);
  for (let n = 1; n < LIMITS.INVITATION.max; n++) await admit(orm.em, 'INVITATION', cleo.id);
  await invite(cleo, { workspaceId, email: 'last@example.org' });
  await expect(invite(cleo, { workspaceId, email: 'more@example.org' })).rejects.toMatchObject({
    code: 'RATE_LIMITED',
  });
});
