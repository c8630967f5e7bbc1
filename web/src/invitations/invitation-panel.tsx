import { useMutation, useQuery } from '@apollo/client/react';
import { Button, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { InvitationsQuery } from '../generated/graphql.ts';
import { useFormat } from '../i18n/use-format.ts';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { Item, ItemList } from '../ui/item-list.tsx';
import { PanelBody } from '../ui/panel-body.tsx';
import { Panel } from '../ui/panel.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import { InvitationsDocument, RevokeInvitationDocument } from './operations.ts';

type Invitation = NonNullable<NonNullable<InvitationsQuery['workspace']>['invitations']>[number];

/** Lists, creates and revokes pending invitations to a workspace; for owners. */
export function InvitationPanel({ workspaceId }: { readonly workspaceId: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data, error, refetch } = useQuery(InvitationsDocument, {
    variables: { workspaceId },
    fetchPolicy: 'cache-and-network',
  });
  const [revoke] = useMutation(RevokeInvitationDocument, {
    refetchQueries: [InvitationsDocument],
    awaitRefetchQueries: true,
  });
  const [isInviting, inviting] = useDisclosure(false);
  const [revoking, setRevoking] = useState<Invitation>();
  return (
    <Panel
      title={t('invitations.title')}
      actions={
        <Button size="xs" onClick={inviting.open}>
          {t('invitations.invite')}
        </Button>
      }
    >
      <PanelBody data={data?.workspace?.invitations} error={error} onRetry={() => void refetch()}>
        {(invitations) =>
          invitations.length === 0 ? (
            <Text c="dimmed">{t('invitations.none')}</Text>
          ) : (
            <ItemList label={t('invitations.title')}>
              {invitations.map((invitation) => (
                <Item
                  key={invitation.id}
                  title={invitation.email}
                  facts={t('invitations.facts', {
                    role: t(`roles.${invitation.role}`),
                    name: invitation.invitedBy,
                    expires: format.date(invitation.expiresAt),
                  })}
                  actions={
                    <Button
                      variant="default"
                      size="xs"
                      aria-label={t('invitations.revokeOne', { email: invitation.email })}
                      onClick={() => setRevoking(invitation)}
                    >
                      {t('invitations.revoke')}
                    </Button>
                  }
                />
              ))}
            </ItemList>
          )
        }
      </PanelBody>
      {isInviting && <InviteDialog workspaceId={workspaceId} onClose={inviting.close} />}
      {revoking && (
        <ConfirmDialog
          title={t('invitations.revokeTitle')}
          text={t('invitations.revokeText', { email: revoking.email })}
          action={t('invitations.revoke')}
          onConfirm={() => revoke({ variables: { id: revoking.id } })}
          onClose={() => setRevoking(undefined)}
        />
      )}
    </Panel>
  );
}
