import { Alert, Center, Text, useComputedColorScheme } from '@mantine/core';
import { lazy, Suspense, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useErrorMessage } from '../api/use-error-message.ts';
import { ColumnType, Measure } from '../generated/graphql.ts';
import { useFormat } from '../i18n/use-format.ts';
import type { DatasetFeed } from '../live-data/use-dataset-feed.ts';
import { ErrorState } from '../ui/error-state.tsx';
import { LoadingState } from '../ui/loading-state.tsx';
import type { ChartData, HiddenGroups } from './chart-data.ts';
import { ChartLegend } from './chart-legend.tsx';
import type { ChartSpec } from './chart-spec.ts';
import { ChartSummary } from './chart-summary.tsx';
import { useChartData } from './use-chart-data.ts';

// Loads the drawing library only when there is something to draw.
const Plot = lazy(async () => ({ default: (await import('./plot.tsx')).Plot }));

const HEIGHT = 300;
const NOTHING_HIDDEN: HiddenGroups = new Set();

interface LiveChartProps {
  readonly title: string;
  readonly datasetId: string;
  readonly spec: ChartSpec;
  readonly xType: ColumnType | undefined;
  readonly yType: ColumnType | undefined;
  readonly feed: DatasetFeed;
}

/** A line chart that follows its dataset. */
export function LiveChart({ datasetId, feed, ...props }: LiveChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const { data, error } = useChartData({ datasetId, spec: props.spec, feed, place });
  return (
    <div ref={place}>
      <ChartBody {...props} data={data} error={error} />
    </div>
  );
}

interface ChartBodyProps extends Omit<LiveChartProps, 'datasetId' | 'feed'> {
  readonly data: ChartData | undefined;
  /** Of the last attempt to read the data. */
  readonly error: unknown;
}

function ChartBody({ title, spec, xType, yType, data, error }: ChartBodyProps) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const messageOf = useErrorMessage();
  const scheme = useComputedColorScheme('light');
  const [hidden, setHidden] = useState(NOTHING_HIDDEN);
  const [pointed, setPointed] = useState<number | null>(null);

  if (!data) return error ? <ErrorState error={error} /> : <LoadingState height={HEIGHT} />;
  if (data.pointCount === 0) {
    return (
      <Center mih={HEIGHT}>
        <Text c="dimmed">{t('charts.noPoints')}</Text>
      </Center>
    );
  }
  const timeZone = xType === ColumnType.DATE ? 'UTC' : undefined;
  const writeX = (moment: string): string =>
    timeZone ? format.date(moment, timeZone) : format.instant(moment);
  // The digits of a computed value are noise beyond some place; all others are in the data.
  const isComputed =
    spec.measure === Measure.AVG || (spec.measure === Measure.SUM && yType === ColumnType.FLOAT);
  const writeY = isComputed ? format.rounded : format.exact;
  return (
    <>
      <ChartSummary title={title} data={data} writeX={writeX} writeY={writeY}>
        <Suspense fallback={<LoadingState height={HEIGHT} />}>
          <Plot
            data={data}
            hidden={hidden}
            locale={i18n.language}
            format={format}
            scheme={scheme}
            timeZone={timeZone}
            height={HEIGHT}
            onPoint={setPointed}
          />
        </Suspense>
      </ChartSummary>
      <ChartLegend
        data={data}
        spec={spec}
        scheme={scheme}
        pointed={pointed}
        writeX={writeX}
        writeY={writeY}
        hidden={hidden}
        onHiddenChange={setHidden}
      />
      {Boolean(error) && (
        <Alert color="orange" variant="light" mt="xs" p="xs">
          {messageOf(error)}
        </Alert>
      )}
    </>
  );
}
