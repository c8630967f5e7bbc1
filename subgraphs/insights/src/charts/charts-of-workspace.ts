import type { EntityManager } from '@mikro-orm/postgresql';

const BATCH_SIZE = 1_000;

/** The workspaces that have charts: the first `limit` ids after `after`, in ascending order. */
export async function listWorkspaces(
  em: EntityManager,
  { after, limit }: { readonly after: string; readonly limit: number },
): Promise<readonly string[]> {
  const rows = await em.execute<{ id: string }[]>(
    'SELECT DISTINCT workspace_id AS id FROM charts WHERE workspace_id > ? ORDER BY id LIMIT ?',
    [after, limit],
  );
  return rows.map(({ id }) => id);
}

/** Deletes up to 1,000 charts of a workspace. @returns how many. */
export async function deleteCharts(em: EntityManager, workspaceId: string): Promise<number> {
  const deleted = await em.execute<unknown[]>(
    `DELETE FROM charts WHERE id IN (SELECT id FROM charts WHERE workspace_id = ? LIMIT ?) RETURNING id`,
    [workspaceId, BATCH_SIZE],
  );
  return deleted.length;
}
