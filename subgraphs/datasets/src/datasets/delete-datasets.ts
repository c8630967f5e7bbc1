import type { EntityManager } from '@mikro-orm/postgresql';

import { recordChange } from '../changes/record-change.ts';
import { query, runIn } from '../database.ts';
import { dropTable } from '../storage/table-ddl.ts';

/** Few, because each dropped table stays locked until the transaction ends. */
const BATCH_SIZE = 20;

/** The workspaces that have datasets: the first `limit` ids after `after`, in ascending order. */
export async function listWorkspaces(
  em: EntityManager,
  { after, limit }: { readonly after: string; readonly limit: number },
): Promise<readonly string[]> {
  const rows = await query<{ id: string }>(
    em,
    'SELECT DISTINCT workspace_id AS id FROM dataset WHERE workspace_id > $1 ORDER BY id LIMIT $2',
    [after, limit],
  );
  return rows.map(({ id }) => id);
}

/**
 * Deletes up to 20 datasets of a workspace with their tables and imports. Of the change log only the DELETE stays, for
 * consumers that have something to clean up. An import that is running finds nothing left to do.
 * @returns how many.
 */
export async function deleteDatasets(em: EntityManager, workspaceId: string): Promise<number> {
  const run = runIn(em);
  const datasets = await run<{ id: string; tableName: string | null; lastRowId: string }>(
    `SELECT id, table_name AS "tableName", last_row_id AS "lastRowId" FROM dataset
     WHERE workspace_id = $1 LIMIT $2 FOR UPDATE`,
    [workspaceId, BATCH_SIZE],
  );
  for (const { id, tableName, lastRowId } of datasets) {
    if (!tableName) continue;
    await recordChange(run, {
      datasetId: id,
      kind: 'DELETE',
      tableName,
      firstRowId: 1,
      lastRowId: Number(lastRowId),
      idempotencyKey: null,
    });
    await dropTable(run, tableName);
  }
  const ids = datasets.map(({ id }) => id);
  await run('DELETE FROM dataset WHERE id = ANY ($1::uuid[])', [ids]);
  await run(`DELETE FROM dataset_change WHERE dataset_id = ANY ($1::uuid[]) AND kind <> 'DELETE'`, [
    ids,
  ]);
  return datasets.length;
}
