import { useQuery } from '@apollo/client/react';
import { Button, Group, Paper, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { useFormat } from '../i18n/use-format.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorState } from '../ui/error-state.tsx';
import { DataIcon, SearchIcon } from '../ui/icons.tsx';
import { LoadingState } from '../ui/loading-state.tsx';
import { DatasetTable } from './dataset-table.tsx';
import { DatasetsDocument } from './operations.ts';

const PAGE_SIZE = 20;

interface DatasetListProps {
  readonly workspaceId: string;
  /** Part of a name; empty for all. */
  readonly search: string;
}

export function DatasetList({ workspaceId, search }: DatasetListProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data, previousData, error, loading, refetch, fetchMore } = useQuery(DatasetsDocument, {
    variables: { workspaceId, first: PAGE_SIZE, search: search || null },
    fetchPolicy: 'cache-and-network',
    notifyOnNetworkStatusChange: true,
  });
  const datasets = (data ?? previousData)?.datasets;
  if (error && !datasets) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!datasets) return <LoadingState />;
  if (datasets.edges.length === 0)
    return search ? <NothingFound search={search} /> : <NoDatasets />;
  const { endCursor, hasNextPage } = datasets.pageInfo;
  return (
    <>
      <Paper withBorder>
        <DatasetTable datasets={datasets.edges.map(({ node }) => node)} />
      </Paper>
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      <Group justify="space-between">
        <Text component="output" size="sm" c="dimmed">
          {t('datasets.shown', {
            shown: format.integer(datasets.edges.length),
            count: datasets.totalCount,
            total: format.integer(datasets.totalCount),
          })}
        </Text>
        {hasNextPage && (
          <Button
            variant="default"
            loading={loading}
            onClick={() => void fetchMore({ variables: { after: endCursor } }).catch(() => {})}
          >
            {t('ui.loadMore')}
          </Button>
        )}
      </Group>
    </>
  );
}

function NoDatasets() {
  const { t } = useTranslation();
  return (
    <EmptyState
      icon={<DataIcon size={40} />}
      title={t('datasets.empty')}
      text={t('datasets.emptyText')}
      action={
        <Button component={Link} to="/import" mt="xs">
          {t('datasets.importFirst')}
        </Button>
      }
    />
  );
}

function NothingFound({ search }: { readonly search: string }) {
  const { t } = useTranslation();
  return (
    <EmptyState icon={<SearchIcon size={36} />} title={t('datasets.nothingFound', { search })} />
  );
}
