import { Button, Group, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useFormat } from '../i18n/use-format.ts';
import { ScopeCheckboxes } from '../scopes/scope-checkboxes.tsx';
import { ErrorState } from '../ui/error-state.tsx';

const MAX_NAME = 80;
const LIFETIMES = [7, 30, 90, 180, 365] as const;
const DEFAULT_LIFETIME = 90;
const DAY_MS = 86_400_000;

export interface AccessTokenFormValues {
  readonly name: string;
  readonly scopes: string[];
  readonly expiresInDays: string;
}

interface AccessTokenFormProps {
  readonly isBusy: boolean;
  /** Of the last attempt. */
  readonly error: unknown;
  readonly onSubmit: (values: AccessTokenFormValues) => void;
  readonly onCancel: () => void;
}

export function AccessTokenForm({ isBusy, error, onSubmit, onCancel }: AccessTokenFormProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [openedAt] = useState(() => Date.now());
  const form = useForm<AccessTokenFormValues>({
    initialValues: { name: '', scopes: [], expiresInDays: String(DEFAULT_LIFETIME) },
    validate: {
      name: (name) => (name.trim() === '' ? t('accessTokens.nameNeeded') : null),
      scopes: (scopes) => (scopes.length === 0 ? t('scopes.needed') : null),
    },
  });
  const end = new Date(openedAt + Number(form.values.expiresInDays) * DAY_MS);
  return (
    <form noValidate onSubmit={form.onSubmit(onSubmit)}>
      <Stack>
        <TextInput
          label={t('accessTokens.name')}
          description={t('accessTokens.nameHint')}
          maxLength={MAX_NAME}
          required
          data-autofocus
          {...form.getInputProps('name')}
        />
        <ScopeCheckboxes label={t('accessTokens.scopes')} {...form.getInputProps('scopes')} />
        <NativeSelect
          label={t('accessTokens.expiry')}
          description={t('accessTokens.until', { date: format.date(end) })}
          data={LIFETIMES.map((count) => ({
            value: String(count),
            label: t('accessTokens.days', { count }),
          }))}
          {...form.getInputProps('expiresInDays')}
        />
        {Boolean(error) && <ErrorState error={error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            {t('ui.cancel')}
          </Button>
          <Button type="submit" loading={isBusy}>
            {t('accessTokens.create')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
