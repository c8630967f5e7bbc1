import { useMutation, useQuery } from '@apollo/client/react';
import { Button, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { ItemList } from '../ui/item-list.tsx';
import { PanelBody } from '../ui/panel-body.tsx';
import { Panel } from '../ui/panel.tsx';
import { type AccessToken, AccessTokenItem } from './access-token-item.tsx';
import { NewAccessTokenDialog } from './new-access-token-dialog.tsx';
import { AccessTokensDocument, RevokeAccessTokenDocument } from './operations.ts';

/** Lists, creates and revokes the viewer's personal access tokens. */
export function AccessTokenPanel() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(AccessTokensDocument, {
    fetchPolicy: 'cache-and-network',
  });
  const [revoke] = useMutation(RevokeAccessTokenDocument, {
    refetchQueries: [AccessTokensDocument],
    awaitRefetchQueries: true,
  });
  const [isMaking, making] = useDisclosure(false);
  const [revoking, setRevoking] = useState<AccessToken>();
  return (
    <Panel
      title={t('accessTokens.title')}
      actions={
        <Button size="xs" onClick={making.open}>
          {t('accessTokens.new')}
        </Button>
      }
    >
      <Text size="sm" c="dimmed">
        {t('accessTokens.text')}
      </Text>
      <PanelBody data={data?.viewer?.accessTokens} error={error} onRetry={() => void refetch()}>
        {(tokens) =>
          tokens.length === 0 ? (
            <Text c="dimmed">{t('accessTokens.none')}</Text>
          ) : (
            <ItemList label={t('accessTokens.title')}>
              {tokens.map((token) => (
                <AccessTokenItem key={token.id} token={token} onRevoke={() => setRevoking(token)} />
              ))}
            </ItemList>
          )
        }
      </PanelBody>
      {isMaking && <NewAccessTokenDialog onClose={making.close} />}
      {revoking && (
        <ConfirmDialog
          title={t('accessTokens.revokeTitle', { name: revoking.name })}
          text={t('accessTokens.revokeText')}
          action={t('accessTokens.revoke')}
          onConfirm={() => revoke({ variables: { id: revoking.id } })}
          onClose={() => setRevoking(undefined)}
        />
      )}
    </Panel>
  );
}
