import { randomUUID } from 'node:crypto';

import type { Client } from '@affluent/client';
import { signUp } from '@affluent/client/testing';
import { ACCOUNT_SCOPE, SCOPES } from '@affluent/service';

import { PASSWORD, type Role, ROLES } from './fields.ts';
import { createThings, type Things } from './things.ts';

export const ALL_SCOPES: readonly string[] = [...SCOPES, ACCOUNT_SCOPE];

/** A workspace with a member of each role, a stranger to it, and its objects. */
export interface World extends AsyncDisposable {
  readonly things: Things;
  /** An access token of that person for these scopes and no other. */
  readonly tokenFor: (role: Role, scopes: readonly string[]) => Promise<string>;
}

interface Person {
  readonly role: Role;
  readonly email: string;
  readonly client: Client;
}

const INVITE =
  'mutation ($input: InviteMemberInput!) { inviteMember(input: $input) { acceptUrl } }';
const ACCEPT = `mutation ($input: AcceptInvitationInput!) {
  acceptInvitation(input: $input) { membership { user { id } } } }`;
/** Access tokens live five minutes. */
const TOKEN_MILLISECONDS = 3 * 60_000;

export async function createWorld(origin: string): Promise<World> {
  const people = new Map<Role, Person>();
  for (const role of ROLES) people.set(role, await signUpAs(origin, role));
  const personOf = (role: Role): Person => {
    const person = people.get(role);
    if (!person) throw new Error(`Nobody is ${role}.`);
    return person;
  };
  const owner = personOf('OWNER').client;
  const member = await join(owner, personOf('VIEWER'));
  await join(owner, personOf('EDITOR'));

  const tokens = new Map<string, { readonly token: Promise<string>; readonly until: number }>();
  return {
    things: createThings(owner, member),
    tokenFor: (role, scopes) => {
      const scope = scopes.join(' ');
      const known = tokens.get(`${role} ${scope}`);
      if (known && known.until > Date.now()) return known.token;
      const token = narrowToken(personOf(role).client, scope);
      tokens.set(`${role} ${scope}`, { token, until: Date.now() + TOKEN_MILLISECONDS });
      return token;
    },
    async [Symbol.asyncDispose]() {
      for (const { client } of people.values()) await client[Symbol.asyncDispose]();
    },
  };
}

async function signUpAs(origin: string, role: Role): Promise<Person> {
  const email = `${role.toLowerCase()}-${randomUUID()}@affluent.example`;
  const client = await signUp({
    origin,
    email,
    displayName: role,
    password: PASSWORD,
    scope: ['openid', ...ALL_SCOPES].join(' '),
  });
  return { role, email, client };
}

/** Joins by invitation. @returns the person's id. */
async function join(owner: Client, { client, email, role }: Person): Promise<string> {
  const { viewer } = await owner.query<{
    viewer: { memberships: { workspace: { id: string } }[] };
  }>('{ viewer { memberships { workspace { id } } } }');
  const workspaceId = viewer.memberships[0]?.workspace.id;
  const { inviteMember } = await owner.query<{ inviteMember: { acceptUrl: string } }>(INVITE, {
    input: { workspaceId, email, role },
  });
  const token = inviteMember.acceptUrl.split('/').at(-1);
  const { acceptInvitation } = await client.query<{
    acceptInvitation: { membership: { user: { id: string } } };
  }>(ACCEPT, { input: { token } });
  return acceptInvitation.membership.user.id;
}

/** @throws {Error} when the token does not allow exactly what it should: the matrix would prove nothing. */
async function narrowToken(client: Client, scope: string): Promise<string> {
  // Without any scope the provider would give all of them again; `openid` allows nothing in the graph.
  const token = await client.narrowToken(scope || 'openid');
  const [, payload = ''] = token.split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { scope?: string };
  const given = (claims.scope ?? '').split(' ').filter((name) => name && name !== 'openid');
  if (given.toSorted().join(' ') !== scope.split(' ').filter(Boolean).toSorted().join(' ')) {
    throw new Error(`Asked for the scopes "${scope}", given "${claims.scope}".`);
  }
  return token;
}
