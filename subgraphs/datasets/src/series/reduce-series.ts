import { DomainError } from '@affluent/subgraph';
import type { EntityManager } from '@mikro-orm/postgresql';

import { query } from '../database.ts';
import { bucketWidth } from './bucket-width.ts';
import { instantOf } from './instant.ts';
import type { SeriesQuery } from './series-query.ts';
import type { SeriesPoint } from './series.ts';

const MAX_GROUPS = 20;

interface Reduced {
  readonly points: SeriesPoint[];
  readonly bucketSeconds: number;
}

interface PointRow extends Omit<SeriesPoint, 'x'> {
  /** Microseconds since 1970. */
  readonly x: string;
}

/**
 * Reduces a series in the database to at most `maxPoints` points, all groups together: a point for every x when they
 * are few enough, else buckets of equal width.
 * @throws {DomainError} BAD_USER_INPUT for too many groups.
 */
export async function reduceSeries(
  em: EntityManager,
  series: SeriesQuery,
  maxPoints: number,
): Promise<Reduced> {
  const groups = series.isGrouped ? await countGroups(em, series) : 1;
  if (groups > MAX_GROUPS) {
    throw new DomainError(
      'BAD_USER_INPUT',
      `groupBy: the column has more than ${MAX_GROUPS} different values here, which is the most that a series has.`,
      { reason: 'TOO_MANY_GROUPS' },
    );
  }
  if (maxPoints < groups) {
    throw new DomainError('BAD_USER_INPUT', `maxPoints must be at least ${groups}: one a group.`);
  }
  if (await isNatural(em, series, maxPoints)) {
    return { points: await readPoints(em, series, series.time, []), bucketSeconds: 0 };
  }
  const [range] = await query<{ from: string; to: string }>(
    em,
    `SELECT ${microseconds('min(x)')} AS "from", ${microseconds('max(x)')} AS "to"
     FROM (${series.rows}) AS r`,
    series.parameters,
  );
  const [from, to] = [BigInt(range?.from ?? 0), BigInt(range?.to ?? 0)];
  const bucketSeconds = Number(bucketWidth(from, to, Math.floor(maxPoints / groups))) / 1e6;
  const bucket = `date_bin(make_interval(secs => $3::float8), ${series.time}, TIMESTAMP '1970-01-01')`;
  return { points: await readPoints(em, series, bucket, [bucketSeconds]), bucketSeconds };
}

/** Whole microseconds since 1970, as a bigint: the driver gives it as text. */
const microseconds = (time: string): string => `(extract(epoch FROM ${time}) * 1000000)::bigint`;

async function countGroups(em: EntityManager, { rows, parameters }: SeriesQuery): Promise<number> {
  const found = await query(
    em,
    `SELECT DISTINCT g FROM (${rows}) AS r LIMIT ${MAX_GROUPS + 1}`,
    parameters,
  );
  return Math.max(1, found.length);
}

async function isNatural(
  em: EntityManager,
  { rows, parameters }: SeriesQuery,
  maxPoints: number,
): Promise<boolean> {
  const [found] = await query<{ points: number }>(
    em,
    `SELECT count(*)::float8 AS points
     FROM (SELECT DISTINCT x, g FROM (${rows}) AS r LIMIT $3) AS distinct_points`,
    [...parameters, maxPoints + 1],
  );
  return (found?.points ?? 0) <= maxPoints;
}

async function readPoints(
  em: EntityManager,
  { rows, parameters, aggregates }: SeriesQuery,
  bucket: string,
  bucketParameters: readonly unknown[],
): Promise<SeriesPoint[]> {
  const found = await query<PointRow>(
    em,
    `SELECT ${microseconds('bucket')} AS x, "group", count::float8 AS count,
       y::float8 AS y, y::text AS "yExact",
       min::float8 AS min, min::text AS "minExact", max::float8 AS max, max::text AS "maxExact"
     FROM (SELECT ${bucket} AS bucket, g AS "group", ${aggregates} FROM (${rows}) AS r GROUP BY 1, 2) AS points
     ORDER BY bucket, "group"`,
    [...parameters, ...bucketParameters],
  );
  return found.map((row) => ({ ...row, x: instantOf(BigInt(row.x)) }));
}
