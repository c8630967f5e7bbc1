import { identityOf, untilReturned } from '@affluent/subgraph';

import type { Context } from '../context.ts';
import { getDataset } from '../datasets/dataset.policy.ts';
import { readTable } from '../datasets/read-table.ts';
import { CHANNELS } from '../notifications/channels.ts';
import { decodePosition, encodePosition } from '../relay/cursor.ts';
import { Append } from './append.ts';
import type { DataPointsAppended } from './data-point.ts';
import { readPoints } from './read-points.ts';

const SHOWN_POINTS = 1_000;
const AT_ONCE = 100;

/**
 * Every append to a dataset in order of commit: those to come or, with a cursor, all since then.
 * @throws {DomainError} NOT_FOUND when the caller may not know of the dataset; BAD_USER_INPUT for a wrong cursor; later FORBIDDEN
 * when the caller is no longer a member.
 */
export async function watchAppends(
  context: Context,
  datasetId: string,
  after: string | null | undefined,
): Promise<AsyncIterableIterator<DataPointsAppended, void>> {
  const { id, workspaceId, lastAppend } = await getDataset(context, datasetId);
  const start = typeof after === 'string' ? decodePosition(after) : lastAppend;
  const appends = untilReturned(async function* read(signal) {
    let seen = start;
    for await (const _ of context.notifications.wakeUps(CHANNELS.appended, id, signal)) {
      await context.renewRowAccess();
      for (let isMore = true; isMore && !signal.aborted;) {
        const found = await context.em.find(
          Append,
          { dataset: id, sequence: { $gt: seen } },
          { orderBy: { sequence: 'asc' }, limit: AT_ONCE },
        );
        isMore = found.length === AT_ONCE;
        for (const append of found) {
          yield await readAppend(context, id, append);
          seen = append.sequence;
        }
      }
    }
  });
  return context.whileMember(identityOf(context), workspaceId, appends);
}

function readAppend(
  { em }: Context,
  datasetId: string,
  { sequence, tableName, firstRowId, lastRowId, appendedAt }: Append,
): Promise<DataPointsAppended> {
  return readTable(em, datasetId, async ({ em: tx, dataset, tableName: present }) => {
    const columns = dataset.columns.getItems();
    const range = { after: firstRowId - 1, last: lastRowId, limit: SHOWN_POINTS };
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
}
