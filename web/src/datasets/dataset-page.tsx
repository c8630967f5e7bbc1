import { useQuery } from '@apollo/client/react';
import { Button, Container } from '@mantine/core';
import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';

import { ChartSection } from '../charts/chart-section.tsx';
import type { DatasetQuery } from '../generated/graphql.ts';
import { DatasetImportsPanel } from '../imports/dataset-imports-panel.tsx';
import { LiveBadge } from '../live-data/live-badge.tsx';
import { useDatasetFeed } from '../live-data/use-dataset-feed.ts';
import { useLiveQuery } from '../live-data/use-live-query.ts';
import { ErrorState } from '../ui/error-state.tsx';
import { LoadingState } from '../ui/loading-state.tsx';
import { NotFoundPage } from '../ui/not-found-page.tsx';
import { Page } from '../ui/page.tsx';
import { useWorkspaces } from '../workspaces/workspace-context.ts';
import { AppendPanel } from './append-panel.tsx';
import { ColumnPanel } from './column-panel.tsx';
import { DataPanel } from './data-panel.tsx';
import { DatasetFacts } from './dataset-facts.tsx';
import { DatasetDocument, DatasetRowCountDocument } from './operations.ts';

type Dataset = NonNullable<DatasetQuery['dataset']>;

/** One dataset: its live charts, rows, columns and imports. */
export function DatasetPage() {
  const { id = '' } = useParams();
  const { data, error, refetch } = useQuery(DatasetDocument, {
    variables: { id },
    fetchPolicy: 'cache-and-network',
  });
  if (data?.dataset) return <DatasetView key={id} dataset={data.dataset} />;
  if (data) return <NotFoundPage />;
  if (!error) return <LoadingState />;
  return (
    <Container py="xl">
      <ErrorState error={error} onRetry={() => void refetch()} />
    </Container>
  );
}

function DatasetView({ dataset }: { readonly dataset: Dataset }) {
  const { t } = useTranslation();
  const { id, name, workspace } = dataset;
  const { choose } = useWorkspaces();
  // A link may open another workspace than the current one, which then becomes the current one.
  const workspaceId = workspace?.id;
  useEffect(() => {
    if (workspaceId !== undefined) choose(workspaceId);
  }, [choose, workspaceId]);
  const feed = useDatasetFeed(id);
  const variables = useMemo(() => ({ id }), [id]);
  // The answer updates `dataset` through the cache.
  useLiveQuery({ query: DatasetRowCountDocument, variables, feed, fetchPolicy: 'network-only' });
  return (
    <Page
      title={name}
      actions={
        <>
          <LiveBadge isLive={feed.isLive} />
          <Button component={Link} to={`/import?dataset=${id}`} variant="default" ml="auto">
            {t('dataset.importMore')}
          </Button>
        </>
      }
    >
      <DatasetFacts dataset={dataset} />
      <ChartSection dataset={dataset} feed={feed} />
      <DataPanel dataset={dataset} />
      <ColumnPanel columns={dataset.columns} />
      <DatasetImportsPanel imports={dataset.imports} />
      <AppendPanel dataset={dataset} />
    </Page>
  );
}
