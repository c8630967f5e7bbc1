import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import type { i18n } from 'i18next';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { type ImportDetailsFragment, ImportStatus } from '../generated/graphql.ts';
import { useFormat } from '../i18n/use-format.ts';
import { AlertIcon } from '../ui/icons.tsx';
import { ImportStatusBadge } from './import-status-badge.tsx';

type ImportError = NonNullable<ImportDetailsFragment['error']>;

/** The error in the person's language by its code. In English it is the server's message, which has details. */
function importErrorWords({ code, message }: ImportError, { t, exists }: i18n): string {
  const key = `importErrors.${code}`;
  return exists(key) ? t(key as 'importErrors.EMPTY_FILE', { message }) : message;
}

/** The result of a finished import. */
export function ImportOutcome({ result }: { readonly result: ImportDetailsFragment }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { status, dataset, rowsImported, rowsRejected, finishedAt } = result;
  return (
    <Stack gap="md">
      <Group justify="space-between">
        <ImportStatusBadge status={status} />
        {finishedAt !== null && (
          <Text size="sm" c="dimmed">
            {format.minute(finishedAt)}
          </Text>
        )}
      </Group>
      {status === ImportStatus.SUCCEEDED && (
        <Text data-testid="import-rows" className="numeric">
          {t('import.done', {
            imported: format.integer(rowsImported),
            rejected: format.integer(rowsRejected),
          })}
        </Text>
      )}
      {status === ImportStatus.FAILED && <Failure result={result} />}
      {status === ImportStatus.CANCELLED && <Text>{t('import.cancelled')}</Text>}
      <Group justify="flex-end" gap="sm">
        <Button component={Link} to="/import" variant="default">
          {t('import.another')}
        </Button>
        {status === ImportStatus.SUCCEEDED && (
          <Button component={Link} to={`/datasets/${dataset.id}`}>
            {t('import.open', { name: dataset.name })}
          </Button>
        )}
      </Group>
    </Stack>
  );
}

function Failure({ result: { error } }: { readonly result: ImportDetailsFragment }) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  return (
    <Alert color="red" variant="light" role="alert" icon={<AlertIcon />} title={t('import.failed')}>
      <Text size="sm" className="wrap-anywhere" data-testid="import-error">
        {error ? importErrorWords(error, i18n) : t('import.noReason')}
        {error?.line !== null && error?.line !== undefined && (
          <> {t('import.atLine', { line: format.integer(error.line) })}</>
        )}
      </Text>
    </Alert>
  );
}
