import { Badge, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

import type { DatasetDetailsFragment } from '../generated/graphql.ts';
import { Panel } from '../ui/panel.tsx';

/** The names and types of the columns. */
export function ColumnPanel({ columns }: { readonly columns: DatasetDetailsFragment['columns'] }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('dataset.columnsTitle')}>
      <Group component="ul" gap="xs" p={0} m={0} style={{ listStyle: 'none' }}>
        {columns.map(({ name, type, nullable }) => (
          <Group component="li" key={name} gap={6} wrap="nowrap" maw="100%">
            <Text size="sm" className="wrap-anywhere">
              {name}
            </Text>
            <Badge variant="default" radius="sm" tt="none" fw={500} style={{ flexShrink: 0 }}>
              {t(`columnTypes.${type}`)}
              {nullable && ` · ${t('dataset.nullable')}`}
            </Badge>
          </Group>
        ))}
      </Group>
    </Panel>
  );
}
