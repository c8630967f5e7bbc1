import { useMutation } from '@apollo/client/react';
import { useTranslation } from 'react-i18next';

import type { MemberFragment } from '../generated/graphql.ts';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { ViewerDocument } from '../workspaces/operations.ts';
import type { Workspace } from '../workspaces/workspace-context.ts';
import {
  RemoveMemberDocument,
  TransferWorkspaceDocument,
  WorkspaceDocument,
} from './operations.ts';

export interface MemberAction {
  readonly kind: 'remove' | 'transfer';
  readonly member: MemberFragment;
}

interface MemberDialogProps {
  readonly workspace: Workspace;
  readonly action: MemberAction;
  readonly onClose: () => void;
}

/** Confirms the removal of a member, or the transfer of ownership to them. */
export function MemberDialog({ workspace, action, onClose }: MemberDialogProps) {
  const { t } = useTranslation();
  const refetch = {
    refetchQueries: [WorkspaceDocument, ViewerDocument],
    awaitRefetchQueries: true,
  };
  const [remove] = useMutation(RemoveMemberDocument, refetch);
  const [transfer] = useMutation(TransferWorkspaceDocument, refetch);
  const { user } = action.member;
  const name = user.displayName ?? '';
  const variables = { input: { workspaceId: workspace.id, userId: user.id } };
  return action.kind === 'remove' ? (
    <ConfirmDialog
      title={t('members.removeTitle', { name })}
      text={t('members.removeText', { name, workspace: workspace.name })}
      action={t('members.remove')}
      onConfirm={() => remove({ variables })}
      onClose={onClose}
    />
  ) : (
    <ConfirmDialog
      title={t('members.transferTitle', { name })}
      text={t('members.transferText', { name })}
      action={t('members.transferAction')}
      onConfirm={() => transfer({ variables })}
      onClose={onClose}
    />
  );
}
