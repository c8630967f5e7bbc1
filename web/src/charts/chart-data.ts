import type { SeriesQuery } from '../generated/graphql.ts';

export type SeriesPoints = NonNullable<SeriesQuery['dataset']>['series']['points'];

interface Line {
  /** The value of the group column; null where a chart has no groups, or a row no value. */
  readonly group: string | null;
  /** One for each x of the chart; null where this line has no point. */
  readonly y: readonly (number | null)[];
  /** The same values as text with every digit. */
  readonly exact: readonly (string | null)[];
  readonly last: string | null;
}

export interface LastPoint {
  readonly x: string;
  readonly y: string;
  readonly group: string | null;
}

export interface ChartData {
  /** Seconds since 1970, ascending. */
  readonly x: readonly number[];
  /** The same as RFC 3339 text, to the microsecond. */
  readonly moments: readonly string[];
  readonly lines: readonly Line[];
  /** Groups that are not drawn, because only the largest are. */
  readonly groupsLeftOut: number;
  readonly pointCount: number;
  /** Rows behind all points, including groups that are not drawn. */
  readonly rowCount: bigint;
  readonly last: LastPoint | undefined;
}

/** The groups whose lines are switched off. */
export type HiddenGroups = ReadonlySet<Line['group']>;

const MAX_LINES = 12;

/** Splits the points of a series into lines over a common x. */
export function chartDataOf(points: SeriesPoints): ChartData {
  const groups = Map.groupBy(points, ({ group }) => group);
  const bySize = [...groups].sort(([, a], [, b]) => Number(rowsOf(b) - rowsOf(a)));
  const drawn = bySize
    .slice(0, MAX_LINES)
    .sort(([a], [b]) => (a ?? '').localeCompare(b ?? '', undefined, { numeric: true }));

  const textOf = new Map(
    drawn.flatMap(([, members]) => members.map((point) => [secondsOf(point), point.x] as const)),
  );
  const places = [...textOf].sort(([a], [b]) => a - b);
  const x = places.map(([seconds]) => seconds);
  const indexOf = new Map(x.map((moment, index) => [moment, index]));
  const lines = drawn.map(([group, members]) => toLine(group, members, indexOf));

  const latest = latestOf(drawn.flatMap(([, members]) => members));
  return {
    x,
    moments: places.map(([, text]) => text),
    lines,
    groupsLeftOut: bySize.length - drawn.length,
    pointCount: points.length,
    rowCount: rowsOf(points),
    last: latest && { x: latest.x, y: latest.yExact, group: latest.group },
  };
}

/** Includes microseconds, which `Date.parse` truncates. */
const secondsOf = ({ x }: SeriesPoints[number]): number =>
  Date.parse(x) / 1000 + Number(/\.\d{3}(\d{3})Z$/.exec(x)?.[1] ?? 0) / 1e6;

const rowsOf = (points: SeriesPoints): bigint =>
  points.reduce((sum, { count }) => sum + BigInt(count), 0n);

function toLine(
  group: string | null,
  members: SeriesPoints,
  indexOf: ReadonlyMap<number, number>,
): Line {
  const y = Array.from<number | null>({ length: indexOf.size }).fill(null);
  const exact = Array.from<string | null>({ length: indexOf.size }).fill(null);
  for (const point of members) {
    const index = indexOf.get(secondsOf(point));
    if (index === undefined) continue;
    y[index] = point.y;
    exact[index] = point.yExact;
  }
  return { group, y, exact, last: latestOf(members)?.yExact ?? null };
}

function latestOf(points: SeriesPoints): SeriesPoints[number] | undefined {
  let latest = points[0];
  for (const point of points) if (latest && secondsOf(point) >= secondsOf(latest)) latest = point;
  return latest;
}
