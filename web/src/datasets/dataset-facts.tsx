import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

import type { DatasetDetailsFragment } from '../generated/graphql.ts';
import { useFormat } from '../i18n/use-format.ts';

/** The size and age of a dataset in one line. */
export function DatasetFacts({ dataset }: { readonly dataset: DatasetDetailsFragment }) {
  const { t } = useTranslation();
  const format = useFormat();
  const count = Number(dataset.rowCount);
  return (
    <Text size="sm" c="dimmed" className="numeric" mt="calc(var(--mantine-spacing-md) * -1)">
      <span data-testid="row-count">
        {t('dataset.rows', { count, total: format.integer(dataset.rowCount) })}
      </span>
      {' · '}
      {t('dataset.columns', { count: dataset.columns.length })}
      {' · '}
      {t('dataset.updated', { date: format.minute(dataset.updatedAt) })}
    </Text>
  );
}
