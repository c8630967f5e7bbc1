import { LRUCache } from 'lru-cache';

/** Remembers the proofs of possession that clients have presented, so that each is accepted once. */
export interface UsedProofs {
  /**
   * Records a proof, in one step.
   *
   * @returns false when it was recorded before. May be a promise: a store that several gateways share fits in here.
   */
  readonly record: (id: string) => boolean | Promise<boolean>;
}

const MAX_ENTRIES = 100_000;

/**
 * In the memory of this process: another gateway accepts the same proof again. When it is full, the oldest are dropped first.
 *
 * @param seconds - how long a proof is of use after it was presented.
 */
export function createUsedProofs(seconds: number): UsedProofs {
  const used = new LRUCache<string, true>({ max: MAX_ENTRIES, ttl: seconds * 1000 });
  return {
    record(id) {
      if (used.has(id)) return false;
      used.set(id, true);
      return true;
    },
  };
}
