import { useQuery } from '@apollo/client/react';
import { Button, Group, Table, Text } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';

import { useFormat } from '../i18n/use-format.ts';
import { ErrorState } from '../ui/error-state.tsx';
import { LoadingState } from '../ui/loading-state.tsx';
import { Panel } from '../ui/panel.tsx';
import { ScrollTable } from '../ui/scroll-table.tsx';
import { RejectsDocument } from './operations.ts';

const PAGE_SIZE = 100;

/** The rejected rows of a file, with reasons. */
export function RejectPanel({ importId }: { readonly importId: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data, error, loading, refetch, fetchMore } = useQuery(RejectsDocument, {
    variables: { id: importId, first: PAGE_SIZE },
    notifyOnNetworkStatusChange: true,
  });
  const rejects = data?.import?.rejects;
  const place = useRef<HTMLDivElement>(null);
  const isAimedAt = useLocation().hash === '#rejects';
  const isLoaded = rejects !== undefined;
  useEffect(() => {
    if (isAimedAt && isLoaded) place.current?.scrollIntoView();
  }, [isAimedAt, isLoaded]);
  return (
    <div id="rejects" ref={place} style={{ scrollMarginTop: 72 }}>
      <Panel title={t('rejects.title')}>
        {!rejects && loading && <LoadingState />}
        {rejects && (
          <ScrollTable label={t('rejects.title')} maxHeight={480}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th ta="right">{t('rejects.line')}</Table.Th>
                <Table.Th>{t('rejects.column')}</Table.Th>
                <Table.Th>{t('rejects.value')}</Table.Th>
                <Table.Th miw={200}>{t('rejects.reason')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rejects.edges.map(({ cursor, node: { line, column, value, reason } }) => (
                <Table.Tr key={cursor}>
                  <Table.Td ta="right" className="numeric">
                    {format.integer(line)}
                  </Table.Td>
                  <Table.Td>{column ?? '–'}</Table.Td>
                  <Table.Td>
                    <Text
                      span
                      inherit
                      truncate
                      display="block"
                      maw={240}
                      title={value ?? undefined}
                    >
                      {value ?? '–'}
                    </Text>
                  </Table.Td>
                  <Table.Td>{reason}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </ScrollTable>
        )}
        {error && <ErrorState error={error} onRetry={() => void refetch()} />}
        {rejects && (
          <Group justify="space-between">
            <Text size="sm" c="dimmed" className="numeric">
              {t('rejects.shown', {
                shown: format.integer(rejects.edges.length),
                total: format.integer(rejects.totalCount),
              })}
            </Text>
            {rejects.pageInfo.hasNextPage && (
              <Button
                variant="default"
                size="xs"
                loading={loading}
                onClick={() =>
                  void fetchMore({ variables: { after: rejects.pageInfo.endCursor } }).catch(
                    () => {},
                  )
                }
              >
                {t('ui.loadMore')}
              </Button>
            )}
          </Group>
        )}
      </Panel>
    </div>
  );
}
