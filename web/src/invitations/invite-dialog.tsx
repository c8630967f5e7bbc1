import { useMutation } from '@apollo/client/react';
import { Button, Group, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';

import { CopyField } from '../ui/copy-field.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { OnceAlert } from '../ui/once-alert.tsx';
import { roleOf } from '../workspaces/role-choices.ts';
import { InviteForm, type InviteFormValues } from './invite-form.tsx';
import { InvitationsDocument, InviteMemberDocument } from './operations.ts';

interface InviteDialogProps {
  readonly workspaceId: string;
  readonly onClose: () => void;
}

/** Invites a person and shows the link once. */
export function InviteDialog({ workspaceId, onClose }: InviteDialogProps) {
  const { t } = useTranslation();
  // Keeps the link out of the cache, which lives as long as the page.
  const [invite, { data, loading, error }] = useMutation(InviteMemberDocument, {
    fetchPolicy: 'no-cache',
    refetchQueries: [InvitationsDocument],
  });
  const submit = ({ email, role }: InviteFormValues): void => {
    const input = { workspaceId, email: email.trim(), role: roleOf(role) };
    invite({ variables: { input } }).catch(() => {});
  };
  const made = data?.inviteMember;
  return (
    <Dialog
      title={
        made
          ? t('invitations.sent', { email: made.invitation.email })
          : t('invitations.inviteTitle')
      }
      size={made ? 'lg' : 'md'}
      isSticky={made !== undefined}
      onClose={onClose}
    >
      {made ? (
        <Stack>
          <OnceAlert text={t('invitations.sentText', { email: made.invitation.email })} />
          <CopyField label={t('invitations.link')} value={made.acceptUrl} />
          <Group justify="flex-end">
            <Button onClick={onClose}>{t('invitations.dismiss')}</Button>
          </Group>
        </Stack>
      ) : (
        <InviteForm isBusy={loading} error={error} onSubmit={submit} onCancel={onClose} />
      )}
    </Dialog>
  );
}
