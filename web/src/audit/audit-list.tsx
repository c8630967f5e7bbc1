import { Button, Group, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

import type { AuditEventsFragment } from '../generated/graphql.ts';
import { useFormat } from '../i18n/use-format.ts';
import { ScrollTable } from '../ui/scroll-table.tsx';

interface AuditListProps {
  readonly label: string;
  readonly events: AuditEventsFragment;
  readonly isLoading: boolean;
  readonly onMore: (after: string | null) => void;
}

/** Events of an audit log, newest first, with pagination. */
export function AuditList({ label, events, isLoading, onMore }: AuditListProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { edges, pageInfo } = events;
  if (edges.length === 0) return <Text c="dimmed">{t('audit.none')}</Text>;
  return (
    <>
      <ScrollTable label={label} maxHeight={560}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('audit.when')}</Table.Th>
            <Table.Th miw={180}>{t('audit.what')}</Table.Th>
            <Table.Th miw={260}>{t('audit.subject')}</Table.Th>
            <Table.Th miw={140}>{t('audit.who')}</Table.Th>
            <Table.Th>{t('audit.address')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {edges.map(({ cursor, node: { kind, at, address, subject, actor } }) => (
            <Table.Tr key={cursor}>
              <Table.Td className="nowrap">{format.second(at)}</Table.Td>
              <Table.Td>{t(`audit.kinds.${kind}`)}</Table.Td>
              <Table.Td className="wrap-anywhere">{subject ?? '–'}</Table.Td>
              <Table.Td className="wrap-anywhere">
                {actor?.displayName ?? t('audit.unknown')}
              </Table.Td>
              <Table.Td className="nowrap">{address ?? '–'}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </ScrollTable>
      {pageInfo.hasNextPage && (
        <Group justify="flex-end">
          <Button
            variant="default"
            size="xs"
            loading={isLoading}
            onClick={() => onMore(pageInfo.endCursor)}
          >
            {t('ui.loadMore')}
          </Button>
        </Group>
      )}
    </>
  );
}
