import type { Client } from '@affluent/client';
import { signUp } from '@affluent/client/testing';

/** A person with an account, signed in. */
export interface Person {
  readonly client: Client;
  readonly id: string;
  readonly email: string;
}

export const PASSWORD = 'a sentence of their own';

/** Creates an account for a person of this name. */
export async function makePerson(origin: string, displayName: string): Promise<Person> {
  const email = `${displayName}-${crypto.randomUUID().slice(0, 8)}@example.org`;
  const client = await signUp({ origin, email, displayName, password: PASSWORD });
  const { viewer } = await client.query<{ viewer: { id: string } }>('{ viewer { id } }');
  return { client, id: viewer.id, email };
}

/** A workspace of a person. */
export async function makeWorkspace({ client }: Person, name = 'Shared'): Promise<string> {
  const { createWorkspace } = await client.query<{
    createWorkspace: { workspace: { id: string } };
  }>('mutation ($name: String!) { createWorkspace(input: { name: $name }) { workspace { id } } }', {
    name,
  });
  return createWorkspace.workspace.id;
}

const INVITE = `mutation ($input: InviteMemberInput!) {
  inviteMember(input: $input) { invitation { id email role workspaceName invitedBy } acceptUrl } }`;

export interface Invited {
  readonly inviteMember: {
    readonly invitation: { readonly id: string };
    readonly acceptUrl: string;
  };
}

/** Invites a person. @returns also the token of the link. */
export async function invite(
  owner: Pick<Person, 'client'>,
  input: { readonly workspaceId: string; readonly email: string; readonly role?: string },
) {
  const { inviteMember } = await owner.client.query<Invited>(INVITE, { input });
  return { ...inviteMember, token: inviteMember.acceptUrl.split('/').at(-1) ?? '' };
}

export const ACCEPT = `mutation ($token: String!) {
  acceptInvitation(input: { token: $token }) { membership { role workspace { name } } } }`;

/** Invites a person, who accepts. */
export async function join(
  owner: Person,
  person: Person,
  place: { readonly workspaceId: string; readonly role: string },
): Promise<void> {
  const { token } = await invite(owner, { ...place, email: person.email });
  await person.client.query(ACCEPT, { token });
}
