import { useMutation } from '@apollo/client/react';
import { Button, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { Panel } from '../ui/panel.tsx';
import { ViewerDocument } from '../workspaces/operations.ts';
import type { Workspace } from '../workspaces/workspace-context.ts';
import { DeleteWorkspaceDocument } from './operations.ts';

/** Deletes a workspace; the shell then navigates away from it. */
export function DeleteWorkspacePanel({ workspace }: { readonly workspace: Workspace }) {
  const { t } = useTranslation();
  const { id, name } = workspace;
  const [isAsking, asking] = useDisclosure(false);
  const [typed, setTyped] = useState('');
  const [remove] = useMutation(DeleteWorkspaceDocument, {
    variables: { id },
    refetchQueries: [ViewerDocument],
    awaitRefetchQueries: true,
  });
  const ask = (): void => {
    setTyped('');
    asking.open();
  };
  return (
    <Panel title={t('workspaceSettings.deleteTitle')}>
      <Text size="sm">{t('workspaceSettings.deleteText')}</Text>
      <Button color="red" variant="light" style={{ alignSelf: 'flex-start' }} onClick={ask}>
        {t('workspaceSettings.delete')}
      </Button>
      {isAsking && (
        <ConfirmDialog
          title={t('workspaceSettings.deleteConfirmTitle', { name })}
          text={t('workspaceSettings.deleteText')}
          action={t('workspaceSettings.delete')}
          isReady={typed.trim() === name}
          onConfirm={() => remove()}
          onClose={asking.close}
        >
          <TextInput
            label={t('workspaceSettings.deleteConfirm', { name })}
            autoComplete="off"
            data-autofocus
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        </ConfirmDialog>
      )}
    </Panel>
  );
}
