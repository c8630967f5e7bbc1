const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const YEAR = 365 * DAY;

const STEPS: readonly number[] = [1, 2, 3, 4, 5, 6, 10, 15, 20, 30];

/** Widths that people reckon in, in seconds. */
const WIDTHS: readonly number[] = [
  [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5],
  STEPS,
  STEPS.map((minutes) => minutes * MINUTE),
  [1, 2, 3, 4, 6, 8, 12].map((hours) => hours * HOUR),
  [1, 2, 3, 5, 7, 10, 14, 21, 28, 42, 56, 91, 122, 182].map((days) => days * DAY),
].flat();

/**
 * The least round width, in seconds, with which buckets that begin at its multiples since 1970 cover a range in at
 * most `most` buckets. Round and in fixed places: a bucket stays where it is while points arrive.
 *
 * @param from - in seconds since 1970, as `to`; not after it.
 */
export function bucketWidth(from: number, to: number, most: number): number {
  const fits = (width: number): boolean =>
    Math.floor(to / width) - Math.floor(from / width) + 1 <= most;
  const width = WIDTHS.find(fits);
  if (width !== undefined) return width;
  for (let years = 1; years < 10_000; years += years < 10 ? 1 : 10) {
    if (fits(years * YEAR)) return years * YEAR;
  }
  // One bucket for everything, on both sides of 1970.
  return Math.max(1, to - from) * 2;
}
