import type { EntityManager } from '@mikro-orm/postgresql';

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
 * Deletes up to 20 datasets of a workspace with their tables and imports. An import that is running finds nothing left to do.
 * @returns how many.
 */
export async function deleteDatasets(em: EntityManager, workspaceId: string): Promise<number> {
  const deleted = await query<{ tableName: string | null }>(
    em,
    `DELETE FROM dataset WHERE id IN (SELECT id FROM dataset WHERE workspace_id = $1 LIMIT $2)
     RETURNING table_name AS "tableName"`,
    [workspaceId, BATCH_SIZE],
  );
  for (const { tableName } of deleted) if (tableName) await dropTable(runIn(em), tableName);
  return deleted.length;
}
