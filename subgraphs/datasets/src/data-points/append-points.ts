import { DomainError } from '@affluent/subgraph';
import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';

import { query } from '../database.ts';
import { SQL_TYPES } from '../datasets/column-type.ts';
import { Column } from '../datasets/column.ts';
import { columnRefs, tableRef } from '../datasets/data-table.ts';
import { Dataset } from '../datasets/dataset.ts';
import { CHANNELS } from '../notifications/channels.ts';
import { encodePosition } from '../relay/cursor.ts';
import { Append } from './append.ts';
import type { AppendDataPointsPayload } from './data-point.ts';
import { readPoint } from './read-point.ts';

const MAX_POINTS = 10_000;
const MAX_KEY_LENGTH = 200;

interface AppendOptions {
  readonly em: EntityManager;
  readonly datasetId: string;
  readonly points: readonly Readonly<Record<string, unknown>>[];
  readonly idempotencyKey: string | null;
}

/**
 * Appends points in one step, all or none. A key that was used before answers as then.
 * @throws {DomainError} BAD_USER_INPUT naming the point and the column that does not fit.
 */
export async function appendPoints(options: AppendOptions): Promise<AppendDataPointsPayload> {
  const { em, datasetId, points, idempotencyKey } = options;
  if (points.length < 1 || points.length > MAX_POINTS) {
    throw new DomainError('BAD_USER_INPUT', 'points must have 1 to 10,000 data points.');
  }
  if (
    idempotencyKey !== null &&
    (idempotencyKey === '' || idempotencyKey.length > MAX_KEY_LENGTH)
  ) {
    throw new DomainError('BAD_USER_INPUT', 'idempotencyKey must have 1 to 200 characters.');
  }
  return em.transactional(async (tx) => {
    // Appends to one dataset come one after the other: ids and cursors follow the order of commit.
    const dataset = await tx.refreshOrFail(tx.getReference(Dataset, datasetId), {
      lockMode: LockMode.PESSIMISTIC_WRITE,
    });
    const done =
      idempotencyKey !== null && (await tx.findOne(Append, { dataset: datasetId, idempotencyKey }));
    if (done) return payloadOf(dataset, done);
    const tableName = dataset.tableName;
    if (!tableName) throw new DomainError('NOT_FOUND', 'There is no such dataset.');
    const columns = await tx.find(
      Column,
      { dataset: datasetId },
      { orderBy: { position: 'asc' }, refresh: true },
    );
    const rows = points.map((point, index) => readPoint(point, index, columns));
    const firstRowId = dataset.lastRowId + 1;
    await insertRows(tx, { tableName, columns, rows, lastRowId: dataset.lastRowId });
    for (const [position, column] of columns.entries()) {
      if (!column.nullable && rows.some((row) => row[position] === null)) column.nullable = true;
    }
    dataset.rowCount += rows.length;
    dataset.lastRowId += rows.length;
    dataset.lastAppend += 1;
    dataset.updatedAt = new Date();
    const append = tx.create(Append, {
      dataset,
      sequence: dataset.lastAppend,
      tableName,
      firstRowId,
      lastRowId: dataset.lastRowId,
      idempotencyKey,
    });
    await tx.flush();
    await query(tx, `SELECT pg_notify('${CHANNELS.appended}', $1)`, [datasetId]);
    return payloadOf(dataset, append);
  });
}

const payloadOf = (
  dataset: Dataset,
  { firstRowId, lastRowId, sequence }: Append,
): AppendDataPointsPayload => ({
  dataset,
  appended: lastRowId - firstRowId + 1,
  cursor: encodePosition(sequence),
});

async function insertRows(
  em: EntityManager,
  {
    tableName,
    columns,
    rows,
    lastRowId,
  }: {
    readonly tableName: string;
    readonly columns: readonly Column[];
    readonly rows: readonly (readonly (string | null)[])[];
    readonly lastRowId: number;
  },
): Promise<void> {
  const values = columns.map(({ type }, position) => `, (r->>${position})::${SQL_TYPES[type]}`);
  await query(
    em,
    `INSERT INTO ${tableRef(tableName)} (id${columnRefs(columns)})
     SELECT $1::bigint + n${values.join('')} FROM jsonb_array_elements($2::jsonb) WITH ORDINALITY AS t (r, n)`,
    [lastRowId, JSON.stringify(rows)],
  );
}
