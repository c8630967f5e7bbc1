import { useMutation, useQuery } from '@apollo/client/react';
import { Button, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { RegisteredClientFragment } from '../generated/graphql.ts';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { ItemList } from '../ui/item-list.tsx';
import { PanelBody } from '../ui/panel-body.tsx';
import { Panel } from '../ui/panel.tsx';
import { DiscoveryLink } from './discovery-link.tsx';
import { EditClientDialog } from './edit-client-dialog.tsx';
import { OAuthClientItem } from './oauth-client-item.tsx';
import { DeleteOAuthClientDocument, OAuthClientsDocument } from './operations.ts';
import { RegisterClientDialog } from './register-client-dialog.tsx';
import { RotateSecretDialog } from './rotate-secret-dialog.tsx';

/** Lists and manages the OAuth clients that the viewer registered. */
export function OAuthClientPanel() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(OAuthClientsDocument, {
    fetchPolicy: 'cache-and-network',
  });
  const [isRegistering, registering] = useDisclosure(false);
  const [editing, setEditing] = useState<RegisteredClientFragment>();
  const [rotating, setRotating] = useState<RegisteredClientFragment>();
  const [deleting, setDeleting] = useState<RegisteredClientFragment>();
  const [remove] = useMutation(DeleteOAuthClientDocument, {
    refetchQueries: [OAuthClientsDocument],
    awaitRefetchQueries: true,
  });
  return (
    <Panel
      title={t('oauthClients.title')}
      actions={
        <Button size="xs" onClick={registering.open}>
          {t('oauthClients.new')}
        </Button>
      }
    >
      <Group justify="space-between" gap="xs">
        <Text size="sm" c="dimmed">
          {t('oauthClients.text')}
        </Text>
        <DiscoveryLink />
      </Group>
      <PanelBody data={data?.viewer?.oauthClients} error={error} onRetry={() => void refetch()}>
        {(clients) =>
          clients.length === 0 ? (
            <Text c="dimmed">{t('oauthClients.none')}</Text>
          ) : (
            <ItemList label={t('oauthClients.title')}>
              {clients.map((client) => (
                <OAuthClientItem
                  key={client.id}
                  client={client}
                  onEdit={() => setEditing(client)}
                  onRotate={() => setRotating(client)}
                  onDelete={() => setDeleting(client)}
                />
              ))}
            </ItemList>
          )
        }
      </PanelBody>
      {isRegistering && <RegisterClientDialog onClose={registering.close} />}
      {editing && <EditClientDialog client={editing} onClose={() => setEditing(undefined)} />}
      {rotating && <RotateSecretDialog client={rotating} onClose={() => setRotating(undefined)} />}
      {deleting && (
        <ConfirmDialog
          title={t('oauthClients.deleteTitle', { name: deleting.name })}
          text={t('oauthClients.deleteText')}
          action={t('oauthClients.delete')}
          onConfirm={() => remove({ variables: { id: deleting.id } })}
          onClose={() => setDeleting(undefined)}
        />
      )}
    </Panel>
  );
}
