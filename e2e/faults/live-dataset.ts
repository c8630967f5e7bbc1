import type { Client } from '@affluent/client';
import { signUp } from '@affluent/client/testing';

export const account = {
  email: 'barbara@affluent.example',
  displayName: 'Barbara',
  password: 'viewstamped replication',
};

const IMPORT = `mutation ($input: ImportDatasetInput!, $file: Upload!) {
  importDataset(input: $input, file: $file) { import { id dataset { id } } } }`;

/** Starts an import of one column, `n`, into a new dataset. */
async function importNumbers(client: Client, workspaceId: string, rows: number) {
  const { importDataset } = await client.upload<{
    importDataset: { import: { id: string; dataset: { id: string } } };
  }>(
    IMPORT,
    { input: { workspaceId, name: 'Numbers' } },
    { name: 'numbers.csv', bytes: Buffer.from(`n\n${'0\n'.repeat(rows)}`) },
  );
  return importDataset.import;
}

/** Follows an import to its end. */
export async function importEnd(client: Client, id: string): Promise<string | undefined> {
  let last: string | undefined;
  const progress = 'subscription ($id: ID!) { importProgressed(importId: $id) { status } }';
  for await (const { importProgressed } of client.subscribe<{
    importProgressed: { status: string };
  }>(progress, { id }))
    last = importProgressed.status;
  return last;
}

/** A person with a dataset that can be appended to. */
export async function liveDataset(origin: string) {
  const client = await signUp({ origin, ...account });
  const { viewer } = await client.query<{
    viewer: { memberships: { workspace: { id: string } }[] };
  }>('{ viewer { memberships { workspace { id } } } }');
  const workspaceId = viewer.memberships[0]?.workspace.id ?? '';
  const first = await importNumbers(client, workspaceId, 1);
  await importEnd(client, first.id);
  return {
    client,
    datasetId: first.dataset.id,
    importNumbers: (rows: number) => importNumbers(client, workspaceId, rows),
    append: (n: number) =>
      client.query(
        'mutation ($input: AppendDataPointsInput!) { appendDataPoints(input: $input) { appended } }',
        { input: { datasetId: first.dataset.id, points: [{ n }], idempotencyKey: `n${n}` } },
      ),
  };
}
