import { useMutation } from '@apollo/client/react';
import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';

import { ErrorState } from '../ui/error-state.tsx';
import { Panel } from '../ui/panel.tsx';
import type { Workspace } from '../workspaces/workspace-context.ts';
import { RenameWorkspaceDocument } from './operations.ts';

const MAX_NAME = 100;

export function WorkspaceNamePanel({ workspace }: { readonly workspace: Workspace }) {
  const { t } = useTranslation();
  const [rename, { data, loading, error }] = useMutation(RenameWorkspaceDocument);
  const form = useForm({
    initialValues: { name: workspace.name },
    validate: { name: (name) => (name.trim() === '' ? t('workspaces.nameNeeded') : null) },
  });
  const submit = async ({ name }: { readonly name: string }): Promise<void> => {
    await rename({ variables: { input: { id: workspace.id, name: name.trim() } } });
    form.resetDirty();
  };
  return (
    <Panel title={t('workspaceSettings.nameTitle')}>
      <form noValidate onSubmit={form.onSubmit((values) => void submit(values).catch(() => {}))}>
        <Stack gap="sm" maw={480}>
          <TextInput
            aria-label={t('workspaceSettings.name')}
            maxLength={MAX_NAME}
            required
            {...form.getInputProps('name')}
          />
          {error && <ErrorState error={error} />}
          <Group>
            <Button type="submit" variant="default" loading={loading}>
              {t('workspaceSettings.save')}
            </Button>
            <Text component="output" size="sm" c="dimmed">
              {data && !form.isDirty() && t('workspaceSettings.saved')}
            </Text>
          </Group>
        </Stack>
      </form>
    </Panel>
  );
}
