import { NativeSelect } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useTranslation } from 'react-i18next';

import type { ImportFormValues } from './import-input.ts';

/** Overrides what is detected in a CSV file. */
export function CsvOptions({ form }: { readonly form: UseFormReturnType<ImportFormValues> }) {
  const { t } = useTranslation();
  return (
    <>
      <NativeSelect
        label={t('import.delimiter')}
        data={[
          { value: '', label: t('import.auto') },
          { value: ',', label: t('import.delimiters.comma') },
          { value: ';', label: t('import.delimiters.semicolon') },
          { value: '\t', label: t('import.delimiters.tab') },
          { value: '|', label: t('import.delimiters.bar') },
        ]}
        {...form.getInputProps('delimiter')}
      />
      <NativeSelect
        label={t('import.header')}
        data={[
          { value: '', label: t('import.auto') },
          { value: 'yes', label: t('import.headers.yes') },
          { value: 'no', label: t('import.headers.no') },
        ]}
        {...form.getInputProps('header')}
      />
    </>
  );
}
