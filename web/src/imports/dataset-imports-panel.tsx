import { Anchor, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import type { DatasetImportsFragment } from '../generated/graphql.ts';
import { useFormat } from '../i18n/use-format.ts';
import { Panel } from '../ui/panel.tsx';
import { ScrollTable } from '../ui/scroll-table.tsx';
import { ImportStatusBadge } from './import-status-badge.tsx';

/** The files that were imported into a dataset, with their counts of rows. */
export function DatasetImportsPanel({ imports }: Pick<DatasetImportsFragment, 'imports'>) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Panel title={t('dataset.importsTitle')}>
      {imports.length === 0 ? (
        <Text c="dimmed">{t('dataset.noImports')}</Text>
      ) : (
        <ScrollTable label={t('dataset.importsTitle')}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th miw={160}>{t('dataset.file')}</Table.Th>
              <Table.Th>{t('dataset.status')}</Table.Th>
              <Table.Th ta="right">{t('dataset.imported')}</Table.Th>
              <Table.Th ta="right">{t('dataset.rejected')}</Table.Th>
              <Table.Th>{t('dataset.date')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {imports.map(({ id, status, fileName, rowsImported, rowsRejected, createdAt }) => (
              <Table.Tr key={id}>
                <Table.Td>
                  <Anchor component={Link} to={`/imports/${id}`} inherit className="wrap-anywhere">
                    {fileName}
                  </Anchor>
                </Table.Td>
                <Table.Td>
                  <ImportStatusBadge status={status} />
                </Table.Td>
                <Table.Td ta="right" className="numeric">
                  {format.integer(rowsImported)}
                </Table.Td>
                <Table.Td ta="right" className="numeric">
                  {Number(rowsRejected) > 0 ? (
                    <Anchor component={Link} to={`/imports/${id}#rejects`} inherit>
                      {format.integer(rowsRejected)}
                    </Anchor>
                  ) : (
                    format.integer(rowsRejected)
                  )}
                </Table.Td>
                <Table.Td className="nowrap">{format.minute(createdAt)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </ScrollTable>
      )}
    </Panel>
  );
}
