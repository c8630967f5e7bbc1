import { useQuery } from '@apollo/client/react';
import { Button, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { ChartedDatasetFragment } from '../generated/graphql.ts';
import type { DatasetFeed } from '../live-data/use-dataset-feed.ts';
import { ErrorState } from '../ui/error-state.tsx';
import { Panel } from '../ui/panel.tsx';
import { ChartBuilder } from './chart-builder.tsx';
import { suggestSpec } from './chart-spec.ts';
import { describeSpec } from './describe-spec.ts';
import { LiveChart } from './live-chart.tsx';
import { ChartsDocument } from './operations.ts';

interface ChartSectionProps {
  readonly dataset: ChartedDatasetFragment;
  readonly feed: DatasetFeed;
}

/** The saved charts of a dataset and a builder for more, which opens by itself when there are none. */
export function ChartSection({ dataset, feed }: ChartSectionProps) {
  const { t } = useTranslation();
  const [wantsBuilder, setWantsBuilder] = useState(false);
  const suggestion = suggestSpec(dataset);
  const { data, error, refetch } = useQuery(ChartsDocument, {
    variables: { datasetId: dataset.id },
    fetchPolicy: 'cache-and-network',
  });
  const charts = data?.dataset?.charts;
  const hasBuilder = wantsBuilder || charts?.length === 0;
  const typeOf = (name: string) => dataset.columns.find((column) => column.name === name)?.type;
  return (
    <Stack gap="lg">
      {error && (
        <ErrorState title={t('charts.missing')} error={error} onRetry={() => void refetch()} />
      )}
      {charts?.map(({ id, title, spec }) => (
        <Panel key={id} title={title}>
          <Text size="sm" c="dimmed" mt={-10}>
            {describeSpec(spec, t)}
          </Text>
          <LiveChart
            title={title}
            datasetId={dataset.id}
            spec={spec}
            xType={typeOf(spec.x)}
            yType={typeOf(spec.y)}
            feed={feed}
          />
        </Panel>
      ))}
      {hasBuilder && (
        <Panel title={t('charts.new')}>
          {suggestion ? (
            <ChartBuilder
              dataset={dataset}
              suggestion={suggestion}
              feed={feed}
              onSaved={() => setWantsBuilder(false)}
            />
          ) : (
            <Text c="dimmed">{t('charts.notPossible')}</Text>
          )}
        </Panel>
      )}
      {charts && !hasBuilder && (
        <Button
          variant="default"
          style={{ alignSelf: 'flex-start' }}
          onClick={() => setWantsBuilder(true)}
        >
          {t('charts.new')}
        </Button>
      )}
    </Stack>
  );
}
