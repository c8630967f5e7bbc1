import type { Client } from '@affluent/client';

/** A workspace whose every connection has some nodes. */
export interface ConnectionScene {
  readonly workspaceId: string;
  readonly datasetId: string;
  /** An import with rejects. */
  readonly importId: string;
  /** Replaces the rows of the dataset. */
  readonly replaceRows: (count: number) => Promise<void>;
}

const IMPORT = `mutation ($input: ImportDatasetInput!, $file: Upload!) {
  importDataset(input: $input, file: $file) { import { id dataset { id } } } }`;

const ROWS = 6;

export async function createScene(client: Client): Promise<ConnectionScene> {
  const { viewer } = await client.query<{
    viewer: { memberships: { workspace: { id: string } }[] };
  }>('{ viewer { memberships { workspace { id } } } }');
  const workspaceId = viewer.memberships[0]?.workspace.id ?? '';

  const importRows = async (rows: number, input: object = {}) => {
    const lines = Array.from({ length: rows }, (_, n) => `${n}\n`);
    const misfits = rows === ROWS ? lines.map(() => 'none\n') : [];
    const { importDataset } = await client.upload<{
      importDataset: { import: { id: string; dataset: { id: string } } };
    }>(
      IMPORT,
      {
        input: {
          workspaceId,
          name: 'Numbers',
          columns: [{ name: 'n', type: 'INTEGER' }],
          ...input,
        },
      },
      { name: 'numbers.csv', bytes: Buffer.from(`n\n${[...lines, ...misfits].join('')}`) },
    );
    const { id, dataset } = importDataset.import;
    const progress = 'subscription ($id: ID!) { importProgressed(importId: $id) { status } }';
    for await (const _ of client.subscribe(progress, { id }));
    return { importId: id, datasetId: dataset.id };
  };

  for (let n = 0; n < 4; n++) await importRows(1);
  const { importId, datasetId } = await importRows(ROWS);
  for (const name of ['One', 'Two', 'Three', 'Four']) {
    await client.query(
      'mutation ($input: RenameWorkspaceInput!) { renameWorkspace(input: $input) { workspace { id } } }',
      { input: { id: workspaceId, name } },
    );
  }
  return {
    workspaceId,
    datasetId,
    importId,
    replaceRows: async (count) => {
      await importRows(count, { datasetId, mode: 'REPLACE' });
    },
  };
}
