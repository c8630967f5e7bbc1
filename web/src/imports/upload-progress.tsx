import { Button, Group, Progress, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

import { useFormat } from '../i18n/use-format.ts';

interface UploadProgressProps {
  readonly sent: number;
  readonly total: number;
  readonly onCancel: () => void;
}

export function UploadProgress({ sent, total, onCancel }: UploadProgressProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const ratio = total > 0 ? sent / total : 0;
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <Text fw={600}>{t(ratio < 1 ? 'import.uploading' : 'import.received')}</Text>
        <Text c="dimmed" size="sm" className="numeric" data-testid="upload-figures">
          {t('import.uploadFigures', {
            percent: format.percent(ratio),
            sent: format.bytes(sent),
            total: format.bytes(total),
          })}
        </Text>
      </Group>
      <Progress
        value={ratio * 100}
        size="lg"
        animated={ratio >= 1}
        aria-label={t('import.uploading')}
      />
      <Group justify="flex-end">
        <Button variant="default" onClick={onCancel}>
          {t('import.cancelUpload')}
        </Button>
      </Group>
    </Stack>
  );
}
