import { Anchor, Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import type { DatasetsQuery } from '../generated/graphql.ts';
import { useFormat } from '../i18n/use-format.ts';
import { ScrollTable } from '../ui/scroll-table.tsx';

interface DatasetTableProps {
  readonly datasets: readonly NonNullable<DatasetsQuery['datasets']>['edges'][number]['node'][];
}

export function DatasetTable({ datasets }: DatasetTableProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <ScrollTable label={t('datasets.title')}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th miw={160}>{t('datasets.name')}</Table.Th>
          <Table.Th ta="right">{t('datasets.rows')}</Table.Th>
          <Table.Th ta="right" visibleFrom="sm">
            {t('datasets.columns')}
          </Table.Th>
          <Table.Th>{t('datasets.updated')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {datasets.map(({ id, name, rowCount, columns, updatedAt }) => (
          <Table.Tr key={id}>
            <Table.Td>
              <Anchor
                component={Link}
                to={`/datasets/${id}`}
                inherit
                fw={550}
                className="wrap-anywhere"
              >
                {name}
              </Anchor>
            </Table.Td>
            <Table.Td ta="right" className="numeric">
              {format.integer(rowCount)}
            </Table.Td>
            <Table.Td ta="right" className="numeric" visibleFrom="sm">
              {format.integer(columns.length)}
            </Table.Td>
            <Table.Td className="nowrap">{format.minute(updatedAt)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </ScrollTable>
  );
}
