import { useMutation } from '@apollo/client/react';
import { Button, Group, NativeSelect, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { type ChartedDatasetFragment, Measure } from '../generated/graphql.ts';
import type { DatasetFeed } from '../live-data/use-dataset-feed.ts';
import { ErrorState } from '../ui/error-state.tsx';
import { type ChartSpec, choicesFor } from './chart-spec.ts';
import { describeSpec } from './describe-spec.ts';
import { LiveChart } from './live-chart.tsx';
import { ChartsDocument, CreateChartDocument } from './operations.ts';

const MAX_TITLE = 200;

interface ChartBuilderProps {
  readonly dataset: ChartedDatasetFragment;
  readonly suggestion: ChartSpec;
  readonly feed: DatasetFeed;
  readonly onSaved: () => void;
}

/** Configures a chart with a live preview, and saves it. */
export function ChartBuilder({ dataset, suggestion, feed, onSaved }: ChartBuilderProps) {
  const { t } = useTranslation();
  const [spec, setSpec] = useState(suggestion);
  const [typedTitle, setTypedTitle] = useState<string>();
  const [create, { loading, error }] = useMutation(CreateChartDocument, {
    refetchQueries: [ChartsDocument],
    awaitRefetchQueries: true,
  });
  const choices = choicesFor(dataset);
  const typeOf = (column: string) => dataset.columns.find(({ name }) => name === column)?.type;
  const title = typedTitle ?? describeSpec(spec, t).slice(0, MAX_TITLE);
  const change = (part: Partial<ChartSpec>): void => setSpec((last) => ({ ...last, ...part }));
  const save = async (): Promise<void> => {
    const input = { datasetId: dataset.id, title: title.trim(), spec };
    await create({ variables: { input } });
    onSaved();
  };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    // `error` shows a failure.
    save().catch(() => {});
  };
  return (
    <Stack gap="md">
      <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }} spacing="sm">
        <NativeSelect
          label={t('charts.x')}
          data={choices.x}
          value={spec.x}
          onChange={(event) => change({ x: event.currentTarget.value })}
        />
        <NativeSelect
          label={t('charts.y')}
          data={choices.y}
          value={spec.y}
          onChange={(event) => change({ y: event.currentTarget.value })}
        />
        <NativeSelect
          label={t('charts.measure')}
          data={Object.values(Measure).map((value) => ({ value, label: t(`measures.${value}`) }))}
          value={spec.measure}
          onChange={(event) => change({ measure: measureOf(event.currentTarget.value) })}
        />
        <NativeSelect
          label={t('charts.groupBy')}
          data={[{ value: '', label: t('charts.ungrouped') }, ...choices.groupBy]}
          value={spec.groupBy ?? ''}
          onChange={(event) => change({ groupBy: event.currentTarget.value || null })}
        />
      </SimpleGrid>
      <LiveChart
        title={title}
        datasetId={dataset.id}
        spec={spec}
        xType={typeOf(spec.x)}
        yType={typeOf(spec.y)}
        feed={feed}
      />
      <form onSubmit={submit}>
        <Group align="end" gap="sm">
          <TextInput
            label={t('charts.title')}
            flex="1 1 240px"
            maxLength={MAX_TITLE}
            required
            value={title}
            onChange={(event) => setTypedTitle(event.currentTarget.value)}
          />
          <Button type="submit" loading={loading} disabled={title.trim() === ''}>
            {t('charts.save')}
          </Button>
        </Group>
      </form>
      {error && <ErrorState error={error} />}
    </Stack>
  );
}

const measureOf = (value: string): Measure =>
  Object.values(Measure).find((measure) => measure === value) ?? Measure.AVG;
