import type { EntityManager } from '@mikro-orm/postgresql';
import { LRUCache } from 'lru-cache';

import { Dataset } from '../datasets/dataset.ts';

/** Whether the database shows a dataset to the caller of a request. */
export type IsDatasetVisible = (em: EntityManager, datasetId: string) => Promise<boolean>;

/** As long as memberships are kept. */
const KEPT_MILLISECONDS = 1_000;
const MAX_ENTRIES = 10_000;

/** Asks row-level security once a second for all who have the same rights, however many they are. */
export function createVisibilityCheck(): IsDatasetVisible {
  const known = new LRUCache<string, Promise<boolean>>({
    max: MAX_ENTRIES,
    ttl: KEPT_MILLISECONDS,
  });
  return (em, datasetId) => {
    const key = `${datasetId} ${JSON.stringify(em.getSessionContext()?.variables)}`;
    const answer =
      known.get(key) ?? em.count(Dataset, { id: datasetId }).then((count) => count > 0);
    known.set(key, answer, { noUpdateTTL: true });
    answer.catch(() => known.delete(key));
    return answer;
  };
}
