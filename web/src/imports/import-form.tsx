import { Button, Group, NativeSelect, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';

import { ImportFormat, ImportMode } from '../generated/graphql.ts';
import { ErrorState } from '../ui/error-state.tsx';
import { CsvOptions } from './csv-options.tsx';
import { FileDrop } from './file-drop.tsx';
import {
  EMPTY_FORM,
  hasCsvOptions,
  type ImportFormValues,
  MAX_NAME,
  nameOfFile,
} from './import-input.ts';

interface ImportFormProps {
  /** Whether the import creates a dataset. */
  readonly isNew: boolean;
  /** Of the last attempt. */
  readonly error: unknown;
  readonly onSubmit: (values: ImportFormValues) => void;
}

export function ImportForm({ isNew, error, onSubmit }: ImportFormProps) {
  const { t } = useTranslation();
  const form = useForm<ImportFormValues>({
    initialValues: EMPTY_FORM,
    validate: {
      file: (file) => (file === null ? t('import.fileNeeded') : null),
      name: (name) => (isNew && name.trim() === '' ? t('import.nameNeeded') : null),
    },
  });
  const chooseFile = (file: File): void => {
    form.setFieldValue('file', file);
    if (!form.isDirty('name')) {
      form.setFieldValue('name', nameOfFile(file.name));
      form.resetDirty({ ...form.getValues(), name: nameOfFile(file.name) });
    }
  };
  return (
    <form noValidate onSubmit={form.onSubmit(onSubmit)}>
      <Stack gap="md">
        <FileDrop file={form.values.file} error={form.errors.file} onFile={chooseFile} />
        {isNew ? (
          <TextInput
            label={t('import.name')}
            maxLength={MAX_NAME}
            required
            {...form.getInputProps('name')}
          />
        ) : (
          <NativeSelect
            label={t('import.mode')}
            data={[
              { value: ImportMode.APPEND, label: t('import.modes.APPEND') },
              { value: ImportMode.REPLACE, label: t('import.modes.REPLACE') },
            ]}
            {...form.getInputProps('mode')}
          />
        )}
        <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="sm">
          <NativeSelect
            label={t('import.format')}
            data={[{ value: '', label: t('import.auto') }, ...Object.values(ImportFormat)]}
            {...form.getInputProps('format')}
          />
          {hasCsvOptions(form.values) && <CsvOptions form={form} />}
        </SimpleGrid>
        {Boolean(error) && <ErrorState error={error} />}
        <Group justify="flex-end">
          <Button type="submit">{t('import.start')}</Button>
        </Group>
      </Stack>
    </form>
  );
}
