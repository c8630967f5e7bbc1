import { DomainError } from '@affluent/subgraph';

import { bucketWidth } from './bucket-width.ts';
import type { SeriesSource } from './series-source.ts';
import type { SeriesPoint } from './series.ts';

const MAX_GROUPS = 20;

interface Reduced {
  readonly points: SeriesPoint[];
  readonly bucketSeconds: number;
}

/**
 * Reduces a series to at most `maxPoints` points, all groups together: one point for every x if that is few enough, else
 * buckets of equal width.
 * @throws {DomainError} BAD_USER_INPUT for too many groups.
 */
export async function reduceSeries(source: SeriesSource, maxPoints: number): Promise<Reduced> {
  if (source.rowCount <= maxPoints) {
    const points = await source.readPoints(0);
    if (source.isGrouped) assertGroups(new Set(points.map(({ group }) => group)).size, maxPoints);
    return { points, bucketSeconds: 0 };
  }
  const { groups, points, range } = await source.survey({
    groups: MAX_GROUPS + 1,
    points: maxPoints + 1,
  });
  assertGroups(groups, maxPoints);
  if (points <= maxPoints || !range) {
    return { points: await source.readPoints(0), bucketSeconds: 0 };
  }
  const maxBuckets = Math.floor(maxPoints / groups);
  const bucketSeconds = Number(bucketWidth(...range, maxBuckets)) / 1e6;
  return { points: await source.readPoints(bucketSeconds), bucketSeconds };
}

function assertGroups(groups: number, maxPoints: number): void {
  if (groups > MAX_GROUPS) {
    throw new DomainError(
      'BAD_USER_INPUT',
      `groupBy: the column has more than ${MAX_GROUPS} different values here, the limit of a series.`,
      { reason: 'TOO_MANY_GROUPS' },
    );
  }
  if (maxPoints < groups) {
    throw new DomainError(
      'BAD_USER_INPUT',
      `maxPoints must be at least ${groups}, the number of groups.`,
    );
  }
}
