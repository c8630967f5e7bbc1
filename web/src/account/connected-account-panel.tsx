import { useMutation, useQuery } from '@apollo/client/react';
import { Button, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { ConnectedAccountsQuery } from '../generated/graphql.ts';
import { useFormat } from '../i18n/use-format.ts';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { Item, ItemList } from '../ui/item-list.tsx';
import { PanelBody } from '../ui/panel-body.tsx';
import { Panel } from '../ui/panel.tsx';
import { ConnectedAccountsDocument, DisconnectAccountDocument } from './operations.ts';

type ConnectedAccount = NonNullable<ConnectedAccountsQuery['viewer']>['connectedAccounts'][number];

type IdentityProvider = NonNullable<ConnectedAccountsQuery['identityProviders']>[number];

/** Connects and disconnects accounts with external identity providers. */
export function ConnectedAccountPanel() {
  const { t } = useTranslation();
  const format = useFormat();
  const { data, error, refetch } = useQuery(ConnectedAccountsDocument, {
    fetchPolicy: 'cache-and-network',
  });
  const [disconnect] = useMutation(DisconnectAccountDocument, {
    refetchQueries: [ConnectedAccountsDocument],
    awaitRefetchQueries: true,
  });
  const [ending, setEnding] = useState<{ readonly id: string; readonly name: string }>();
  const factsOf = ({ email, createdAt }: ConnectedAccount): string => {
    const date = format.date(createdAt);
    return email
      ? t('connectedAccounts.connectedAs', { email, date })
      : t('connectedAccounts.connected', { date });
  };
  return (
    <Panel title={t('connectedAccounts.title')}>
      <PanelBody data={data?.identityProviders} error={error} onRetry={() => void refetch()}>
        {(identityProviders) =>
          identityProviders.length === 0 ? (
            <Text c="dimmed">{t('connectedAccounts.none')}</Text>
          ) : (
            <>
              <Text size="sm" c="dimmed">
                {t('connectedAccounts.text')}
              </Text>
              <ItemList label={t('connectedAccounts.title')}>
                {rowsOf(identityProviders, data?.viewer?.connectedAccounts ?? []).map(
                  ({ provider: { id, name, connectUrl }, account }) => (
                    <Item
                      key={account?.id ?? id}
                      title={name}
                      facts={account ? factsOf(account) : t('connectedAccounts.notConnected')}
                      actions={
                        account ? (
                          <Button
                            variant="default"
                            size="xs"
                            aria-label={t('connectedAccounts.disconnectOne', { name })}
                            onClick={() => setEnding({ id: account.id, name })}
                          >
                            {t('connectedAccounts.disconnect')}
                          </Button>
                        ) : (
                          <Button
                            component="a"
                            href={connectUrl}
                            size="xs"
                            aria-label={t('connectedAccounts.connectOne', { name })}
                          >
                            {t('connectedAccounts.connect')}
                          </Button>
                        )
                      }
                    />
                  ),
                )}
              </ItemList>
            </>
          )
        }
      </PanelBody>
      {ending && (
        <ConfirmDialog
          title={t('connectedAccounts.disconnectTitle', ending)}
          text={t('connectedAccounts.disconnectText', ending)}
          action={t('connectedAccounts.disconnect')}
          onConfirm={() => disconnect({ variables: { id: ending.id } })}
          onClose={() => setEnding(undefined)}
        />
      )}
    </Panel>
  );
}

interface Row {
  readonly provider: IdentityProvider;
  readonly account?: ConnectedAccount;
}

/** One row for each account, and one for each provider without an account. */
function rowsOf(
  providers: readonly IdentityProvider[],
  accounts: readonly ConnectedAccount[],
): readonly Row[] {
  return providers.flatMap((provider): readonly Row[] => {
    const own = accounts.filter((account) => account.provider.id === provider.id);
    return own.length > 0 ? own.map((account) => ({ provider, account })) : [{ provider }];
  });
}
