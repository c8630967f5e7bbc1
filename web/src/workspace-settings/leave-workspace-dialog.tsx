import { useMutation } from '@apollo/client/react';
import { useTranslation } from 'react-i18next';

import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { ViewerDocument } from '../workspaces/operations.ts';
import type { Workspace } from '../workspaces/workspace-context.ts';
import { LeaveWorkspaceDocument } from './operations.ts';

interface LeaveWorkspaceDialogProps {
  readonly workspace: Workspace;
  readonly onClose: () => void;
}

/** Ends the viewer's membership; the shell then navigates away from the workspace. */
export function LeaveWorkspaceDialog({ workspace, onClose }: LeaveWorkspaceDialogProps) {
  const { t } = useTranslation();
  const [leave] = useMutation(LeaveWorkspaceDocument, {
    variables: { id: workspace.id },
    refetchQueries: [ViewerDocument],
    awaitRefetchQueries: true,
  });
  return (
    <ConfirmDialog
      title={t('members.leaveTitle', { workspace: workspace.name })}
      text={t('members.leaveText')}
      action={t('members.leaveAction')}
      onConfirm={() => leave()}
      onClose={onClose}
    />
  );
}
