import { LRUCache } from 'lru-cache';

/** What a caller has left. */
export interface Balance {
  readonly isEnough: boolean;
  readonly remaining: number;
  /** Until the bucket is full again. */
  readonly secondsToFull: number;
  /** Until there is enough; 0 when there is. */
  readonly secondsToEnough: number;
}

/**
 * A bucket for each caller, which holds a minute's worth and fills evenly.
 *
 * The functions are synchronous, since a promise for each of them would cost every operation. A store that several gateways
 * share would make them asynchronous, and with them `Operations.read` and `admit`, whose callers are asynchronous already.
 */
export interface TokenBuckets {
  /** Takes nothing when there is not enough. */
  readonly take: (key: string, tokens: number) => Balance;
  /** What {@link take} would find. */
  readonly look: (key: string, tokens: number) => Balance;
  /** Takes as many as there are, for work that has been done already. */
  readonly drain: (key: string, tokens: number) => void;
}

interface Bucket {
  tokens: number;
  /** When they were counted, in milliseconds. */
  countedAt: number;
}

const MAX_ENTRIES = 100_000;

/**
 * Buckets in the memory of this process: each of several gateways gives a caller the whole rate. (rate-limiter-flexible
 * counts in fixed windows, which let twice the rate through at their border.)
 *
 * @param now - in milliseconds, of a clock that never goes back.
 */
export function createTokenBuckets(
  perMinute: number,
  now: () => number = () => performance.now(),
): TokenBuckets {
  const buckets = new LRUCache<string, Bucket>({ max: MAX_ENTRIES });
  const perMillisecond = perMinute / 60_000;
  const bucketOf = (key: string): Bucket => {
    const time = now();
    const bucket = buckets.get(key);
    if (!bucket) {
      const full = { tokens: perMinute, countedAt: time };
      buckets.set(key, full);
      return full;
    }
    const filled = bucket.tokens + (time - bucket.countedAt) * perMillisecond;
    bucket.tokens = Math.min(perMinute, filled);
    bucket.countedAt = time;
    return bucket;
  };
  const secondsFor = (tokens: number): number =>
    Math.ceil(Math.max(0, tokens) / perMillisecond / 1000);

  const balanceOf = (bucket: Bucket, tokens: number, taken: number): Balance => {
    // A full bucket is enough for more than it holds.
    const asked = Math.min(tokens, perMinute);
    const isEnough = bucket.tokens >= asked;
    if (isEnough) bucket.tokens -= Math.min(asked, taken);
    return {
      isEnough,
      remaining: Math.floor(bucket.tokens),
      secondsToFull: secondsFor(perMinute - bucket.tokens),
      secondsToEnough: isEnough ? 0 : secondsFor(asked - bucket.tokens),
    };
  };

  return {
    take: (key, tokens) => balanceOf(bucketOf(key), tokens, tokens),
    look: (key, tokens) => balanceOf(bucketOf(key), tokens, 0),
    drain(key, tokens) {
      const bucket = bucketOf(key);
      bucket.tokens = Math.max(0, bucket.tokens - tokens);
    },
  };
}
