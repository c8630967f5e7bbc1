import { afterAll, expect, test } from 'vitest';

import { startDatasets } from '../testing/datasets-server.ts';

const server = await startDatasets({ logLevel: 'silent' });
afterAll(() => server[Symbol.asyncDispose]());
const { users, workspaceId } = server;

/** Everything that is kept of datasets. */
const rows = async () => {
  const [counts] = await server.sql(`
    SELECT (SELECT count(*)::int FROM dataset) AS datasets, (SELECT count(*)::int FROM import) AS imports,
      (SELECT count(*)::int FROM pg_tables WHERE schemaname = 'data') AS tables`);
  return counts;
};

test('datasets of a deleted workspace are deleted with their tables, once the users subgraph says that it was deleted', async () => {
  await server.importFile({ content: 'a,b\n1,2\n' });
  await server.importFile({ content: 'a,b\n1,2\nx\n' });
  await server.sql(`
    INSERT INTO dataset (id, workspace_id, name, created_at, updated_at)
    VALUES (gen_random_uuid(), gen_random_uuid(), 'of another workspace', now(), now())`);
  const all = { datasets: 3, imports: 2, tables: 2 };
  expect(await rows()).toEqual(all);

  users.deleteWorkspace(workspaceId);
  for (const answers of ['away', 'empty'] as const) {
    users.answerServices(answers);
    const before = users.asked();
    await server.stop();
    await server.start();
    // Asked twice: the first run has ended without deleting anything.
    await expect.poll(users.asked).toBeGreaterThan(before + 1);
    expect(await rows()).toEqual(all);
  }
  users.answerServices('normal');
  await expect.poll(rows).toEqual({ datasets: 1, imports: 0, tables: 0 });
  // Consumers of changes learn that the rows are gone.
  expect(await server.sql('SELECT kind, count(*)::int FROM dataset_change GROUP BY kind')).toEqual([
    { kind: 'DELETE', count: 2 },
  ]);
});
