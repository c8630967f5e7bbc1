import type { EntityManager } from '@mikro-orm/postgresql';
import { LRUCache } from 'lru-cache';

import { Dataset } from './dataset.ts';

/** Whether row-level security shows a dataset to the caller of a request. */
export type IsDatasetVisible = (em: EntityManager, datasetId: string) => Promise<boolean>;

/** As long as memberships are cached. */
const CACHE_MILLISECONDS = 1_000;
const MAX_ENTRIES = 10_000;

/** Queries the database once a second for all callers with the same rights. */
export function createVisibilityCheck(): IsDatasetVisible {
  const answers = new LRUCache<string, Promise<boolean>>({
    max: MAX_ENTRIES,
    ttl: CACHE_MILLISECONDS,
  });
  return (em, datasetId) => {
    const key = `${datasetId} ${JSON.stringify(em.getSessionContext()?.variables)}`;
    const answer =
      answers.get(key) ?? em.count(Dataset, { id: datasetId }).then((count) => count > 0);
    answers.set(key, answer, { noUpdateTTL: true });
    answer.catch(() => answers.delete(key));
    return answer;
  };
}
