import { asService } from '@affluent/subgraph';
import { readRowSecurity } from '@affluent/subgraph/testing';
import type { EntityManager } from '@mikro-orm/postgresql';
import { afterAll, expect, test } from 'vitest';

import { connect } from './database.ts';
import { Membership } from './memberships/membership.ts';
import { digestOf } from './secrets/secret.ts';
import { invite, join, makePerson, makeWorkspace, type Person } from './testing/people.ts';
import { startUsersServer } from './testing/users-server.ts';

const server = await startUsersServer();
const orm = await connect(server.config.DATABASE_URL);
afterAll(async () => {
  await orm.close();
  await server[Symbol.asyncDispose]();
});
const [ada, vera, sam] = (await Promise.all(
  ['ada', 'vera', 'sam'].map((name) => makePerson(server.origin, name)),
)) as [Person, Person, Person];
const workspaceId = await makeWorkspace(ada, 'Engines');
await join(ada, vera, { workspaceId, role: 'VIEWER' });
const { token: link } = await invite(ada, {
  workspaceId,
  email: 'guest@example.org',
  role: 'OWNER',
});

/** An entity manager for a request of this user, or without a caller. */
const as = (userId: string | undefined, more: Readonly<Record<string, string>> = {}) =>
  orm.em.fork({
    session: {
      role: 'affluent_request',
      variables: { ...(userId !== undefined && { 'affluent.user_id': userId }), ...more },
    },
  });

test('nothing is visible when the caller’s variable is unset, empty, malformed or another person’s', async () => {
  const { rights } = await readRowSecurity(orm.em.fork());
  const tables = rights.filter((line) => line.includes('SELECT')).map((line) => line.split(':')[0]);
  const count = async (em: EntityManager, table = ''): Promise<number> => {
    const [row] = await em.execute<{ n: string }[]>(`SELECT count(*) AS n FROM ${table}`);
    return Number(row!.n);
  };
  for (const table of tables) {
    for (const nobody of [undefined, '', crypto.randomUUID()])
      expect([table, await count(as(nobody), table)]).toEqual([table, 0]);
    // An error, unless there is no row to ask it of.
    expect(await count(as('malformed'), table).catch(() => 0)).toBe(0);
  }
  await expect(count(as('malformed'), 'users')).rejects.toThrow('invalid input syntax');
  expect(await count(as(ada.id), 'users')).toBe(2);
  expect(await count(as(sam.id), 'users')).toBe(1);
});

test('nobody joins a workspace but by the link of an invitation to them, in its role', async () => {
  const { token } = await invite(ada, { workspaceId, email: sam.email });
  const enter = (em: EntityManager, role: string) =>
    em.execute('INSERT INTO memberships VALUES (?, ?, ?, now())', [sam.id, workspaceId, role]);
  const withLink = (text: string) => as(sam.id, { 'affluent.invitation': digestOf(text) });
  const attempts: [EntityManager, string][] = [
    [as(sam.id), 'VIEWER'],
    [withLink(link), 'OWNER'],
    [withLink(token), 'OWNER'],
  ];
  for (const [em, role] of attempts)
    await expect(enter(em, role)).rejects.toThrow('row-level security');
  await enter(withLink(token), 'VIEWER');
  expect(await as(sam.id).count(Membership, { workspace: workspaceId })).toBe(3);
});

test('what is the service’s own is done as the service, and nothing after it, even when it fails', async () => {
  const read = 'SELECT count(*) FROM sign_in_failures';
  await expect(as(ada.id).execute(read)).rejects.toThrow('permission denied');
  const em = as(ada.id);
  await expect(asService(em, () => em.execute(read))).rejects.toThrow('must run in a transaction');
  await em.begin();
  await asService(em, () => em.execute(read));
  const failing = asService(em, () => Promise.reject(new Error('It failed.')));
  await expect(failing).rejects.toThrow('It failed.');
  await expect(em.execute(read)).rejects.toThrow('permission denied');
  await em.rollback();
});

test('every table is secured, and requests have the rights that they need', async () => {
  expect(await readRowSecurity(orm.em.fork())).toEqual({
    unsecured: [],
    rights: [
      'access_tokens: INSERT, SELECT, UPDATE (revoked_at)',
      'audit_events: INSERT, SELECT',
      'connected_accounts: DELETE, SELECT',
      'deleted_workspaces: SELECT',
      'email_tokens: INSERT',
      'invitations: INSERT, SELECT, UPDATE (accepted_at, revoked_at)',
      'memberships: DELETE, INSERT, SELECT, UPDATE (role)',
      'oauth_clients: DELETE, INSERT, SELECT, UPDATE (client_credentials, logo, logo_digest, logo_uri, name, post_logout_redirect_uris, redirect_uris, scopes, secret_digest)',
      'oidc_payloads: DELETE, SELECT',
      'passkey_challenges: DELETE, INSERT, SELECT',
      'passkeys: DELETE, INSERT, SELECT, UPDATE (name)',
      'sessions: DELETE, SELECT',
      'users: SELECT (created_at, display_name, email, email_verified_at, id, language), UPDATE (display_name, password_hash)',
      'workspaces: DELETE, INSERT, SELECT, UPDATE (name)',
    ],
    role: { superuser: false, bypass: false, login: false },
  });
});
