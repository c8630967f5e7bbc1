import { useMutation } from '@apollo/client/react';
import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useErrorMessage } from '../api/use-error-message.ts';
import { type MemberFragment, WorkspaceRole } from '../generated/graphql.ts';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { ViewerDocument } from '../workspaces/operations.ts';
import { roleOf, useRoleChoices } from '../workspaces/role-choices.ts';
import { ChangeMemberRoleDocument, WorkspaceDocument } from './operations.ts';

interface MemberRoleProps {
  readonly workspaceId: string;
  readonly member: MemberFragment;
  readonly isSelf: boolean;
}

/** Changes the role of a member. Owners confirm before they give up their own ownership. */
export function MemberRole({ workspaceId, member: { user, role }, isSelf }: MemberRoleProps) {
  const { t } = useTranslation();
  const messageOf = useErrorMessage();
  const choices = useRoleChoices();
  const [change, { loading, error }] = useMutation(ChangeMemberRoleDocument, {
    refetchQueries: [WorkspaceDocument, ViewerDocument],
    awaitRefetchQueries: true,
  });
  const [stepDownTo, setStepDownTo] = useState<WorkspaceRole>();
  const changeTo = (wanted: WorkspaceRole): Promise<unknown> =>
    change({ variables: { input: { workspaceId, userId: user.id, role: wanted } } });
  const choose = (wanted: WorkspaceRole): void => {
    if (isSelf && wanted !== WorkspaceRole.OWNER) setStepDownTo(wanted);
    else changeTo(wanted).catch(() => {});
  };
  return (
    <>
      <NativeSelect
        size="xs"
        aria-label={t('members.role', { name: user.displayName ?? '' })}
        data={choices}
        value={role}
        disabled={loading}
        error={error && !stepDownTo && messageOf(error)}
        onChange={(event) => choose(roleOf(event.currentTarget.value))}
      />
      {stepDownTo && (
        <ConfirmDialog
          title={t('members.demoteTitle')}
          text={t('members.demoteText')}
          action={t('members.demoteAction')}
          onConfirm={() => changeTo(stepDownTo)}
          onClose={() => setStepDownTo(undefined)}
        />
      )}
    </>
  );
}
