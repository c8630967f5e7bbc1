import { useQuery } from '@apollo/client/react';
import { Button, Group, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

import { isNumeric } from '../columns/column-kinds.ts';
import type { DatasetDetailsFragment } from '../generated/graphql.ts';
import { useFormat } from '../i18n/use-format.ts';
import { ErrorState } from '../ui/error-state.tsx';
import { LoadingState } from '../ui/loading-state.tsx';
import { Panel } from '../ui/panel.tsx';
import { ScrollTable } from '../ui/scroll-table.tsx';
import { DataCell } from './data-cell.tsx';
import { DataPointsDocument } from './operations.ts';

const PAGE_SIZE = 50;

/** The rows of a dataset, a page at a time. */
export function DataPanel({ dataset }: { readonly dataset: DatasetDetailsFragment }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { id, columns, rowCount } = dataset;
  const { data, error, loading, refetch, fetchMore } = useQuery(DataPointsDocument, {
    variables: { id, first: PAGE_SIZE },
    fetchPolicy: 'cache-and-network',
    nextFetchPolicy: 'cache-first',
    notifyOnNetworkStatusChange: true,
  });
  const rows = data?.dataset?.dataPoints;
  const shown = rows?.edges.length ?? 0;
  // Rows appended since are after the last cursor, or at the start when there was none.
  const hasMore = shown < Number(rowCount);
  const after = rows?.edges.at(-1)?.cursor;
  const loadMore = (): void => {
    const more = after === undefined ? refetch() : fetchMore({ variables: { after } });
    // A failure shows in `error`.
    more.catch(() => {});
  };
  return (
    <Panel title={t('dataset.dataTitle')}>
      {!rows && loading && <LoadingState />}
      {rows && (
        <ScrollTable label={t('dataset.dataTitle')} maxHeight={440}>
          <Table.Thead>
            <Table.Tr>
              {columns.map(({ name, type }) => (
                <Table.Th key={name} ta={isNumeric(type) ? 'right' : undefined}>
                  {name}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.edges.map(({ cursor, node }) => (
              <Table.Tr key={cursor}>
                {columns.map(({ name, type }) => (
                  <DataCell key={name} type={type} value={node.values[name]} />
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </ScrollTable>
      )}
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      <Group justify="space-between">
        <Text size="sm" c="dimmed" className="numeric" data-testid="rows-shown">
          {t('dataset.shown', { shown: format.integer(shown), total: format.integer(rowCount) })}
        </Text>
        {rows && hasMore && (
          <Button variant="default" size="xs" loading={loading} onClick={loadMore}>
            {t('ui.loadMore')}
          </Button>
        )}
      </Group>
    </Panel>
  );
}
