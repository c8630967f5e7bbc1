import { useMutation } from '@apollo/client/react';
import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';

import type { ProfileFragment } from '../generated/graphql.ts';
import { ErrorState } from '../ui/error-state.tsx';
import { Panel } from '../ui/panel.tsx';
import { UpdateProfileDocument } from './operations.ts';

const MAX_NAME = 80;

export function NamePanel({ account }: { readonly account: ProfileFragment }) {
  const { t } = useTranslation();
  const [update, { data, loading, error }] = useMutation(UpdateProfileDocument);
  const form = useForm({
    initialValues: { displayName: account.displayName ?? '' },
    validate: { displayName: (name) => (name.trim() === '' ? t('profile.nameNeeded') : null) },
  });
  const submit = async ({ displayName }: { readonly displayName: string }): Promise<void> => {
    await update({ variables: { input: { displayName: displayName.trim() } } });
    form.resetDirty();
  };
  return (
    <Panel title={t('profile.title')}>
      <form noValidate onSubmit={form.onSubmit((values) => void submit(values).catch(() => {}))}>
        <Stack gap="sm" maw={480}>
          <TextInput
            label={t('profile.name')}
            description={t('profile.nameHint')}
            autoComplete="name"
            maxLength={MAX_NAME}
            required
            {...form.getInputProps('displayName')}
          />
          {error && <ErrorState error={error} />}
          <Group>
            <Button type="submit" loading={loading}>
              {t('profile.save')}
            </Button>
            <Text component="output" size="sm" c="dimmed">
              {data && !form.isDirty() && t('profile.saved')}
            </Text>
          </Group>
        </Stack>
      </form>
    </Panel>
  );
}
