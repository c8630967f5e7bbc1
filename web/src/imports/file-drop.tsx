import '@mantine/dropzone/styles.css';
import { Group, Input, Stack, Text } from '@mantine/core';
import { Dropzone } from '@mantine/dropzone';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';

import { useFormat } from '../i18n/use-format.ts';
import { UploadIcon } from '../ui/icons.tsx';

interface FileDropProps {
  readonly file: File | null;
  /** Why the file is not accepted. */
  readonly error: ReactNode;
  readonly onFile: (file: File) => void;
}

/** Accepts one file by drop or by the browser's file dialog. */
export function FileDrop({ file, error, onFile }: FileDropProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const errorId = useId();
  return (
    <div>
      <Dropzone
        multiple={false}
        onDrop={([dropped]) => dropped && onFile(dropped)}
        aria-label={t('import.choose')}
        aria-describedby={error ? errorId : undefined}
        inputProps={{ 'aria-label': t('import.file') }}
        style={error ? { borderColor: 'var(--mantine-color-error)' } : undefined}
      >
        <Stack align="center" gap={6} py="md" style={{ pointerEvents: 'none' }}>
          <Text c="dimmed" lh={0}>
            <UploadIcon size={32} />
          </Text>
          {file ? (
            <Group gap="xs" justify="center">
              <Text fw={600} className="wrap-anywhere" ta="center">
                {file.name}
              </Text>
              <Text c="dimmed" className="numeric">
                {format.bytes(file.size)}
              </Text>
            </Group>
          ) : (
            <Text fw={600} ta="center">
              {t('import.drop')}
            </Text>
          )}
          <Text size="sm" c="dimmed" ta="center">
            {t(file ? 'import.changeFile' : 'import.dropHint')}
          </Text>
        </Stack>
      </Dropzone>
      {error && (
        <Input.Error id={errorId} mt={6}>
          {error}
        </Input.Error>
      )}
    </div>
  );
}
