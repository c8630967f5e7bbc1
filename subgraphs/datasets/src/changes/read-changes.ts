import type { EntityManager } from '@mikro-orm/postgresql';

import { Change } from './change.ts';

export const BATCH_SIZE = 100;

/** The next changes of a dataset after a sequence number, in order: up to {@link BATCH_SIZE}. */
export const readChanges = (
  em: EntityManager,
  datasetId: string,
  after: number,
): Promise<Change[]> =>
  em.find(
    Change,
    { datasetId, sequence: { $gt: after } },
    { orderBy: { sequence: 'asc' }, limit: BATCH_SIZE, disableIdentityMap: true },
  );

/** Every change of a dataset after a sequence number, in order, up to the newest. */
export async function* readAllChanges(
  em: EntityManager,
  datasetId: string,
  after: number,
): AsyncGenerator<Change, void> {
  let seen = after;
  for (let isMore = true; isMore;) {
    const changes = await readChanges(em.fork(), datasetId, seen);
    isMore = changes.length === BATCH_SIZE;
    for (const change of changes) {
      yield change;
      seen = change.sequence;
    }
  }
}
