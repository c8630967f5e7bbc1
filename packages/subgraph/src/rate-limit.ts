import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

interface RateLimitOptions {
  /** How often a key is admitted within the time. */
  readonly max: number;
  readonly seconds: number;
}

/** Counts a use of a key; false when there were too many. */
export type RateLimit = (key: string) => Promise<boolean>;

/**
 * A limit that is counted in the memory of this process, for what comes so often that a row for each use would be the larger
 * burden. Each process counts for itself, and a restart begins anew.
 */
export function createRateLimit({ max, seconds }: RateLimitOptions): RateLimit {
  const limiter = new RateLimiterMemory({ points: max, duration: seconds });
  return async (key) => {
    try {
      await limiter.consume(key);
      return true;
    } catch (error) {
      if (error instanceof RateLimiterRes) return false;
      throw error;
    }
  };
}
