import { useMutation } from '@apollo/client/react';
import { Button, Group, Progress, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

import type { ImportStateFragment } from '../generated/graphql.ts';
import { useFormat } from '../i18n/use-format.ts';
import { ErrorState } from '../ui/error-state.tsx';
import { ImportStatusBadge } from './import-status-badge.tsx';
import { CancelImportDocument } from './operations.ts';

/** The progress of a running import. */
export function ImportProgress({ state }: { readonly state: ImportStateFragment }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [cancel, { loading, error }] = useMutation(CancelImportDocument, {
    variables: { id: state.id },
  });
  const { status, bytesRead, bytesTotal, rowsImported, rowsRejected } = state;
  const total = Number(bytesTotal ?? 0);
  const ratio = total > 0 ? Number(bytesRead) / total : 0;
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <ImportStatusBadge status={status} />
        <Text c="dimmed" size="sm" className="numeric">
          {bytesTotal === null
            ? format.bytes(bytesRead)
            : t('import.uploadFigures', {
                percent: format.percent(ratio),
                sent: format.bytes(bytesRead),
                total: format.bytes(bytesTotal),
              })}
        </Text>
      </Group>
      <Progress
        value={bytesTotal === null ? 100 : ratio * 100}
        size="lg"
        animated
        aria-label={t('import.importing')}
      />
      <Group justify="space-between">
        <Text size="sm" className="numeric" data-testid="import-rows">
          {t('import.rowsSoFar', {
            imported: format.integer(rowsImported),
            rejected: format.integer(rowsRejected),
          })}
        </Text>
        <Button variant="default" loading={loading} onClick={() => void cancel().catch(() => {})}>
          {t('import.cancelImport')}
        </Button>
      </Group>
      {error && <ErrorState error={error} />}
    </Stack>
  );
}
