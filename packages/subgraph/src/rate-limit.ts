import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

interface RateLimitOptions {
  /** How many uses of a key are admitted within the time. */
  readonly max: number;
  readonly seconds: number;
}

/** Counts a use of a key. Resolves with false when there were too many. */
export type RateLimit = (key: string) => Promise<boolean>;

/** Where uses are counted. A store that several processes share can take the place of {@link createRateLimit}. */
export type CreateRateLimit = (options: RateLimitOptions) => RateLimit;

/**
 * Counts in the memory of this process, for frequent uses that should not cost a row each. Each process counts separately, and a
 * restart resets the counts.
 */
export const createRateLimit: CreateRateLimit = ({ max, seconds }) => {
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
};
