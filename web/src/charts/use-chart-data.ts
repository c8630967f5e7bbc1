import { useMemo } from 'react';

import type { DatasetFeed } from '../live-data/use-dataset-feed.ts';
import { useLiveQuery } from '../live-data/use-live-query.ts';
import { type ChartData, chartDataOf } from './chart-data.ts';
import type { ChartSpec } from './chart-spec.ts';
import { SeriesDocument } from './operations.ts';

const MAX_POINTS = 1000;

interface LiveChartData {
  readonly data: ChartData | undefined;
  readonly error: unknown;
}

/** The lines of a chart, read again whenever its dataset grows. */
export function useChartData(datasetId: string, spec: ChartSpec, feed: DatasetFeed): LiveChartData {
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
  });
  const points = answered === variables ? data?.dataset?.series.points : undefined;
  return useMemo(() => ({ data: points && chartDataOf(points), error }), [points, error]);
}
