import { randomUUID } from 'node:crypto';

import type { Client } from '@affluent/client';
import { signUp } from '@affluent/client/testing';

interface Person {
  readonly id: string;
  readonly email: string;
  readonly client: Client;
}

/** A workspace with a dataset, its owner and a viewer. */
export interface Scene extends AsyncDisposable {
  readonly owner: Person;
  readonly viewer: Person;
  readonly workspaceId: string;
  readonly datasetId: string;
  /** Appends a point. @returns the cursor of that append. */
  readonly append: () => Promise<string>;
}

async function makePerson(origin: string, displayName: string): Promise<Person> {
  const email = `${displayName}-${randomUUID()}@affluent.example`;
  const client = await signUp({ origin, email, displayName, password: 'gates-and-keys-1815' });
  const { viewer } = await client.query<{ viewer: { id: string } }>('{ viewer { id } }');
  return { id: viewer.id, email, client };
}

/** Two new people; the viewer has joined the owner's workspace by invitation. */
export async function createScene(origin: string): Promise<Scene> {
  const [owner, viewer] = await Promise.all([makePerson(origin, 'Ada'), makePerson(origin, 'Bob')]);
  const own = await owner.client.query<{
    viewer: { memberships: { workspace: { id: string } }[] };
  }>('{ viewer { memberships { workspace { id } } } }');
  const workspaceId = own.viewer.memberships[0]?.workspace.id ?? '';
  const { inviteMember } = await owner.client.query<{ inviteMember: { acceptUrl: string } }>(
    'mutation ($input: InviteMemberInput!) { inviteMember(input: $input) { acceptUrl } }',
    { input: { workspaceId, email: viewer.email } },
  );
  await viewer.client.query(
    'mutation ($token: String!) { acceptInvitation(input: { token: $token }) { membership { role } } }',
    { token: inviteMember.acceptUrl.split('/').at(-1) },
  );
  const { importDataset } = await owner.client.upload<{
    importDataset: { import: { id: string; dataset: { id: string } } };
  }>(
    `mutation ($input: ImportDatasetInput!, $file: Upload!) {
      importDataset(input: $input, file: $file) { import { id dataset { id } } } }`,
    { input: { workspaceId, name: 'Levels' } },
    { name: 'levels.csv', bytes: Buffer.from('time,level\n2026-01-01T00:00:00Z,1\n') },
  );
  const progress = 'subscription ($id: ID!) { importProgressed(importId: $id) { status } }';
  for await (const _ of owner.client.subscribe(progress, { id: importDataset.import.id }));
  const datasetId = importDataset.import.dataset.id;
  return {
    owner,
    viewer,
    workspaceId,
    datasetId,
    append: async () => {
      const points = [{ time: '2026-01-01T01:00:00Z', level: 2 }];
      const { appendDataPoints } = await owner.client.query<{
        appendDataPoints: { cursor: string };
      }>(
        'mutation ($input: AppendDataPointsInput!) { appendDataPoints(input: $input) { cursor } }',
        {
          input: { datasetId, points },
        },
      );
      return appendDataPoints.cursor;
    },
    async [Symbol.asyncDispose]() {
      await owner.client[Symbol.asyncDispose]();
      await viewer.client[Symbol.asyncDispose]();
    },
  };
}
