import { useMutation } from '@apollo/client/react';
import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';

import { Dialog } from '../ui/dialog.tsx';
import { ErrorState } from '../ui/error-state.tsx';
import { CreateWorkspaceDocument, ViewerDocument } from './operations.ts';
import { useWorkspaces } from './workspace-context.ts';

const MAX_NAME = 100;

interface NewWorkspaceDialogProps {
  readonly onClose: () => void;
}

/** Creates a workspace and switches to it. */
export function NewWorkspaceDialog({ onClose }: NewWorkspaceDialogProps) {
  const { t } = useTranslation();
  const { choose } = useWorkspaces();
  const [create, { loading, error }] = useMutation(CreateWorkspaceDocument, {
    refetchQueries: [ViewerDocument],
    awaitRefetchQueries: true,
  });
  const form = useForm({
    initialValues: { name: '' },
    validate: { name: (name) => (name.trim() === '' ? t('workspaces.nameNeeded') : null) },
  });
  const submit = async ({ name }: { readonly name: string }): Promise<void> => {
    const { data } = await create({ variables: { input: { name: name.trim() } } });
    if (!data) return;
    choose(data.createWorkspace.workspace.id);
    onClose();
  };
  return (
    <Dialog title={t('workspaces.new')} onClose={onClose}>
      <form noValidate onSubmit={form.onSubmit((values) => void submit(values).catch(() => {}))}>
        <Stack>
          <TextInput
            label={t('workspaces.name')}
            maxLength={MAX_NAME}
            required
            data-autofocus
            {...form.getInputProps('name')}
          />
          {error && <ErrorState error={error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('ui.cancel')}
            </Button>
            <Button type="submit" loading={loading}>
              {t('workspaces.create')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
