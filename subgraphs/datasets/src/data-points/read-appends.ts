import type { EntityManager } from '@mikro-orm/postgresql';

import { readTable } from '../datasets/read-table.ts';
import { encodePosition } from '../relay/cursor.ts';
import { Append } from './append.ts';
import type { DataPointsAppended } from './data-point.ts';
import { readPoints } from './read-points.ts';

/** An append as subscribers get it, with its place in the order of appends. */
export interface NumberedAppend {
  readonly sequence: number;
  readonly appended: DataPointsAppended;
}

const SHOWN_POINTS = 1_000;
const AT_ONCE = 100;

/** The appends to a dataset after a place, in order, with their points: all that are there now, some at a time. */
export async function* readAppends(
  em: EntityManager,
  datasetId: string,
  after: number,
): AsyncGenerator<NumberedAppend, void> {
  let seen = after;
  for (let isMore = true; isMore;) {
    const found = await em
      .fork()
      .find(
        Append,
        { dataset: datasetId, sequence: { $gt: seen } },
        { orderBy: { sequence: 'asc' }, limit: AT_ONCE },
      );
    isMore = found.length === AT_ONCE;
    for (const append of found) {
      yield { sequence: append.sequence, appended: await readAppend(em, datasetId, append) };
      seen = append.sequence;
    }
  }
}

const readAppend = (
  em: EntityManager,
  datasetId: string,
  { sequence, tableName, firstRowId, lastRowId, appendedAt }: Append,
): Promise<DataPointsAppended> =>
  readTable(em, datasetId, async ({ em: tx, dataset, tableName: present }) => {
    const columns = dataset.columns.getItems();
    const range = { after: firstRowId - 1, before: lastRowId + 1, limit: SHOWN_POINTS };
    // Rows that were replaced since are no longer there to be shown.
    const dataPoints =
      present === tableName ? await readPoints(tx, { tableName, columns }, range) : [];
    return {
      dataset,
      dataPoints,
      count: lastRowId - firstRowId + 1,
      cursor: encodePosition(sequence),
      appendedAt,
    };
  });
