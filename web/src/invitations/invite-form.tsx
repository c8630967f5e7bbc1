import { Button, Group, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';

import { WorkspaceRole } from '../generated/graphql.ts';
import { ErrorState } from '../ui/error-state.tsx';
import { roleOf, useRoleChoices } from '../workspaces/role-choices.ts';

export interface InviteFormValues {
  readonly email: string;
  readonly role: string;
}

interface InviteFormProps {
  readonly isBusy: boolean;
  /** Of the last attempt. */
  readonly error: unknown;
  readonly onSubmit: (values: InviteFormValues) => void;
  readonly onCancel: () => void;
}

export function InviteForm({ isBusy, error, onSubmit, onCancel }: InviteFormProps) {
  const { t } = useTranslation();
  const choices = useRoleChoices();
  const form = useForm<InviteFormValues>({
    initialValues: { email: '', role: WorkspaceRole.VIEWER },
    validate: { email: (email) => (email.trim() === '' ? t('invitations.emailNeeded') : null) },
  });
  return (
    <form noValidate onSubmit={form.onSubmit(onSubmit)}>
      <Stack>
        <TextInput
          type="email"
          label={t('invitations.email')}
          autoComplete="off"
          maxLength={254}
          required
          data-autofocus
          {...form.getInputProps('email')}
        />
        <NativeSelect
          label={t('invitations.role')}
          description={t(`roleHints.${roleOf(form.values.role)}`)}
          data={choices}
          {...form.getInputProps('role')}
        />
        {Boolean(error) && <ErrorState error={error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            {t('ui.cancel')}
          </Button>
          <Button type="submit" loading={isBusy}>
            {t('invitations.invite')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
