const SECOND = 1_000_000n;
const MINUTE = 60n * SECOND;
const HOUR = 60n * MINUTE;
const DAY = 24n * HOUR;
const YEAR = 365n * DAY;

const STEPS: readonly bigint[] = [1n, 2n, 3n, 4n, 5n, 6n, 10n, 15n, 20n, 30n];

/** Round widths, in microseconds. */
const WIDTHS: readonly bigint[] = [
  [1n, 10n, 100n, 1_000n, 10_000n, 100_000n].flatMap((unit) => [unit, 2n * unit, 5n * unit]),
  STEPS.map((seconds) => seconds * SECOND),
  STEPS.map((minutes) => minutes * MINUTE),
  [1n, 2n, 3n, 4n, 6n, 8n, 12n].map((hours) => hours * HOUR),
  [1n, 2n, 3n, 5n, 7n, 10n, 14n, 21n, 28n, 42n, 56n, 91n, 122n, 182n].map((days) => days * DAY),
].flat();

/**
 * The smallest round width, in microseconds, whose buckets cover a range with at most `maxBuckets`. Buckets start at multiples
 * of the width since 1970, so they do not move while points arrive.
 *
 * @param from - in microseconds since 1970, as `to`; not after it.
 */
export function bucketWidth(from: bigint, to: bigint, maxBuckets: number): bigint {
  const fits = (width: bigint): boolean =>
    floorDivide(to, width) - floorDivide(from, width) < BigInt(maxBuckets);
  const width = WIDTHS.find(fits);
  if (width !== undefined) return width;
  for (let years = 1n; years < 10_000n; years += years < 10n ? 1n : 10n) {
    if (fits(years * YEAR)) return years * YEAR;
  }
  // One bucket for everything, on both sides of 1970.
  return (to - from + SECOND) * 2n;
}

/** Division of bigints rounds towards zero; this one rounds down. */
function floorDivide(dividend: bigint, divisor: bigint): bigint {
  const remainder = dividend % divisor;
  return (dividend - remainder) / divisor - (remainder < 0n ? 1n : 0n);
}
