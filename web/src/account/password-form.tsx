import { Button, PasswordInput, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';

import { ErrorState } from '../ui/error-state.tsx';

const MIN_LENGTH = 8;

export interface PasswordFormValues {
  readonly currentPassword: string;
  readonly newPassword: string;
}

interface PasswordFormProps {
  /** Identifies the account to password managers. */
  readonly email: string;
  readonly hasPassword: boolean;
  readonly isBusy: boolean;
  /** Of the last attempt. */
  readonly error: unknown;
  /** The form is reset when it resolves. */
  readonly onSubmit: (values: PasswordFormValues) => Promise<void>;
}

export function PasswordForm({ email, hasPassword, isBusy, error, onSubmit }: PasswordFormProps) {
  const { t } = useTranslation();
  const form = useForm<PasswordFormValues>({
    initialValues: { currentPassword: '', newPassword: '' },
    validate: {
      currentPassword: (value) =>
        hasPassword && value === '' ? t('password.currentNeeded') : null,
      newPassword: (value) => (value.length < MIN_LENGTH ? t('password.tooShort') : null),
    },
  });
  const submit = async (values: PasswordFormValues): Promise<void> => {
    await onSubmit(values);
    form.reset();
  };
  return (
    <form noValidate onSubmit={form.onSubmit((values) => void submit(values).catch(() => {}))}>
      <Stack gap="sm" maw={480}>
        {!hasPassword && <Text size="sm">{t('password.setText')}</Text>}
        <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
        {hasPassword && (
          <PasswordInput
            label={t('password.current')}
            autoComplete="current-password"
            required
            {...form.getInputProps('currentPassword')}
          />
        )}
        <PasswordInput
          label={t('password.new')}
          description={t('password.newHint')}
          autoComplete="new-password"
          required
          {...form.getInputProps('newPassword')}
        />
        {Boolean(error) && <ErrorState error={error} />}
        <Text size="sm" c="dimmed">
          {t('password.othersEnd')}
        </Text>
        <Button type="submit" loading={isBusy} style={{ alignSelf: 'flex-start' }}>
          {t(hasPassword ? 'password.change' : 'password.set')}
        </Button>
      </Stack>
    </form>
  );
}
