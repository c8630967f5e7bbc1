import { type RefObject, useMemo } from 'react';

import type { SeriesQuery } from '../generated/graphql.ts';
import type { DatasetFeed } from '../live-data/use-dataset-feed.ts';
import { useLiveQuery } from '../live-data/use-live-query.ts';
import { type ChartData, chartDataOf } from './chart-data.ts';
import type { ChartSpec } from './chart-spec.ts';
import { SeriesDocument } from './operations.ts';

const MAX_POINTS = 1000;

interface ChartDataOptions {
  readonly datasetId: string;
  readonly spec: ChartSpec;
  readonly feed: DatasetFeed;
  /** Where the chart stands on the page. */
  readonly place: RefObject<Element | null>;
}

interface LiveChartData {
  readonly data: ChartData | undefined;
  readonly error: unknown;
}

const cursorOf = ({ dataset }: SeriesQuery): string | undefined => dataset?.series.cursor;

/** The lines of a chart, refreshed as its dataset grows. */
export function useChartData({ datasetId, spec, feed, place }: ChartDataOptions): LiveChartData {
  const { x, y, measure, groupBy } = spec;
  const variables = useMemo(
    () => ({ datasetId, input: { x, y, measure, groupBy, maxPoints: MAX_POINTS } }),
    [datasetId, x, y, measure, groupBy],
  );
  const { data, answered, error } = useLiveQuery({
    query: SeriesDocument,
    variables,
    feed,
    fetchPolicy: 'no-cache',
    cursorOf,
    place,
  });
  const points = answered === variables ? data?.dataset?.series.points : undefined;
  return useMemo(() => ({ data: points && chartDataOf(points), error }), [points, error]);
}
