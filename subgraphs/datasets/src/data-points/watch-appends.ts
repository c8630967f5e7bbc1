import { identityOf, untilReturned } from '@affluent/subgraph';

import type { Context } from '../context.ts';
import { getDataset } from '../datasets/dataset.policy.ts';
import { decodePosition, encodePosition } from '../relay/cursor.ts';
import type { DataPointsAppended } from './data-point.ts';
import { readAppends } from './read-appends.ts';

/**
 * Yields every append to a dataset in the order of commit: from now on, or all after a cursor.
 * @throws {DomainError} NOT_FOUND if the caller cannot read the dataset; BAD_USER_INPUT for an invalid cursor; FORBIDDEN
 * once the caller is no longer a member.
 */
export async function watchAppends(
  context: Context,
  datasetId: string,
  after: string | null | undefined,
): Promise<AsyncIterableIterator<DataPointsAppended, void>> {
  const { id, workspaceId, lastChange } = await getDataset(context, datasetId);
  const start = typeof after === 'string' ? decodePosition(after) : lastChange;
  context.startCursor = encodePosition(start);
  const appends = untilReturned(async function* read(signal) {
    let seen = start;
    const watched = context.appendFeed.watch(id, lastChange, signal);
    for await (const _ of watched.wakeUps()) {
      let recent = watched.since(seen);
      if (recent?.length === 0) continue;
      await context.renewRowAccess();
      if (!recent) {
        for await (const { sequence, appended } of readAppends(context.em, id, seen)) {
          if (signal.aborted) return;
          if (appended) yield appended;
          seen = sequence;
        }
        recent = watched.since(seen) ?? [];
      }
      if (recent.length > 0 && !(await context.isDatasetVisible(context.em, id))) continue;
      for (const { sequence, appended } of recent) {
        if (appended) yield appended;
        seen = sequence;
      }
    }
  });
  return context.whileMember(identityOf(context), workspaceId, appends);
}
