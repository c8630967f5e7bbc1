import { createTestDatabase } from '@affluent/postgres/testing';
import { openDatabase } from '@affluent/subgraph';
import { expect, test } from 'vitest';

import { connect, query } from '../database.ts';
import { Column, Dataset } from '../datasets/dataset.ts';
import { migrations } from './migrations.ts';

test('appends of earlier releases keep their numbers and keys, and each dataset gets its CREATE', async () => {
  const databaseUrl = await createTestDatabase();
  const [grown, replaced, hidden] = [1, 2, 3].map(() => crypto.randomUUID());
  const before = await openDatabase({
    databaseUrl,
    entities: [Dataset, Column],
    migrations: migrations.slice(0, 2),
  });
  await query(
    before.em.fork(),
    `INSERT INTO dataset (id, workspace_id, name, table_name, row_count, last_row_id, last_append, created_at, updated_at)
     VALUES ($1, 'w', 'grown', 't_1', 7, 7, 2, now(), now()), ($2, 'w', 'replaced', 't_2', 5, 5, 1, now(), now()),
       ($3, 'w', 'hidden', NULL, 0, 0, 0, now(), now())`,
    [grown, replaced, hidden],
  );
  await query(
    before.em.fork(),
    `INSERT INTO append (dataset_id, sequence, table_name, first_row_id, last_row_id, idempotency_key, appended_at)
     VALUES ($1, 1, 't_1', 4, 6, 'key', now()), ($1, 2, 't_1', 7, 7, NULL, now()), ($2, 1, 't_2', 1, 5, NULL, now())`,
    [grown, replaced],
  );
  await before.close(true);

  const orm = await connect(databaseUrl);
  const changes = await query(
    orm.em.fork(),
    `SELECT name, sequence::int, kind, dataset_change.table_name, first_row_id::int, dataset_change.last_row_id::int, idempotency_key
     FROM dataset_change JOIN dataset ON id = dataset_id ORDER BY name, sequence`,
  );
  expect(changes.map((change) => Object.values(change as object))).toEqual([
    ['grown', 0, 'CREATE', 't_1', 1, 3, null],
    ['grown', 1, 'APPEND', 't_1', 4, 6, 'key'],
    ['grown', 2, 'APPEND', 't_1', 7, 7, null],
    ['replaced', 1, 'REPLACE', 't_2', 1, 5, null],
  ]);
  await orm.close(true);
});
