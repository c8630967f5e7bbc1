import type { EntityManager } from '@mikro-orm/postgresql';

import { query } from '../database.ts';
import { selectSeriesRows } from '../storage/series-rows.ts';
import type { DataTable } from '../storage/table-ddl.ts';
import { instantOf } from './instant.ts';
import { aggregatesOf } from './measure-sql.ts';
import { findColumns, type QuerySpec } from './query-spec.ts';
import type { SeriesSource } from './series-source.ts';
import type { SeriesPoint } from './series.ts';

interface SurveyRow {
  readonly groups: number;
  readonly points: number;
  readonly range: readonly [from: string, to: string] | null;
}

interface PointRow extends Omit<SeriesPoint, 'x'> {
  /** Microseconds since 1970. */
  readonly x: string;
}

/** Whole microseconds since 1970, as text: the driver would change a bigint. */
const microseconds = (time: string): string =>
  `(extract(epoch FROM ${time}) * 1000000)::bigint::text`;

/**
 * Computes a series from the rows of a dataset's table.
 * @param em - in a transaction, so that all statements read the same snapshot.
 * @throws {DomainError} BAD_USER_INPUT for a column that is missing or has an unsuitable type.
 */
export function createTableSource(
  em: EntityManager,
  {
    table,
    rowCount,
    spec,
  }: { readonly table: DataTable; readonly rowCount: number; readonly spec: QuerySpec },
): SeriesSource {
  const columns = findColumns(spec, table.columns);
  const rows = selectSeriesRows(table, columns);
  const { from, to } = spec.range;
  const typeOf = (position: number) => table.columns[position]?.type ?? 'TEXT';
  const time = typeOf(columns.x) === 'DATE' ? 'x::timestamp' : `x AT TIME ZONE 'UTC'`;
  const aggregates = aggregatesOf(spec.measure, typeOf(columns.y), time);
  const isGrouped = columns.group !== null;

  return {
    rowCount,
    isGrouped,
    async survey(limits) {
      // One statement. PostgreSQL stops counting at the limits, and evaluates the range only if it is needed.
      const [found] = await query<SurveyRow>(
        em,
        `WITH r AS NOT MATERIALIZED (${rows}),
           size AS (SELECT count(*)::int AS points FROM (SELECT DISTINCT x, g FROM r LIMIT $3) AS p)
         SELECT points,
           ${isGrouped ? `(SELECT count(*)::int FROM (SELECT DISTINCT g FROM r LIMIT ${limits.groups}) AS p)` : '1'} AS groups,
           CASE WHEN points >= $3 THEN
             (SELECT ARRAY[${microseconds('min(x)')}, ${microseconds('max(x)')}] FROM r)
           END AS range
         FROM size`,
        [from, to, limits.points],
      );
      const { groups = 0, points = 0, range = null } = found ?? {};
      return { groups, points, range: range && [BigInt(range[0]), BigInt(range[1])] };
    },
    async readPoints(bucketSeconds) {
      const bucket =
        bucketSeconds === 0
          ? time
          : `date_bin(make_interval(secs => $3::float8), ${time}, TIMESTAMP '1970-01-01')`;
      const found = await query<PointRow>(
        em,
        `SELECT ${microseconds('bucket')} AS x, "group", count::float8 AS count,
           y::float8 AS y, y::text AS "yExact",
           min::float8 AS min, min::text AS "minExact", max::float8 AS max, max::text AS "maxExact"
         FROM (SELECT ${bucket} AS bucket, g AS "group", ${aggregates} FROM (${rows}) AS r GROUP BY 1, 2) AS points
         ORDER BY bucket, "group"`,
        bucketSeconds === 0 ? [from, to] : [from, to, bucketSeconds],
      );
      return found.map((row) => ({ ...row, x: instantOf(BigInt(row.x)) }));
    },
  };
}
