import type { SeriesPoint } from './series.ts';

/** Where the points of one query come from. */
export interface SeriesSource {
  /** An upper bound of the number of points. */
  readonly rowCount: number;
  readonly isGrouped: boolean;
  /** Measures the series before it is reduced. Counting stops at the limits. */
  readonly survey: (limits: SurveyLimits) => Promise<Survey>;
  /** Points in order of x, then of group: one for every x, or one per bucket if `bucketSeconds` is not 0. */
  readonly readPoints: (bucketSeconds: number) => Promise<SeriesPoint[]>;
}

export interface SurveyLimits {
  readonly groups: number;
  readonly points: number;
}

export interface Survey {
  readonly groups: number;
  /** Distinct pairs of x and group. */
  readonly points: number;
  /** The least and greatest x, in microseconds since 1970; null unless `points` reached its limit. */
  readonly range: readonly [from: bigint, to: bigint] | null;
}
