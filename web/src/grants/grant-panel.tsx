import { useMutation, useQuery } from '@apollo/client/react';
import { Button, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { GrantsQuery } from '../generated/graphql.ts';
import { useFormat } from '../i18n/use-format.ts';
import { ScopeList } from '../scopes/scope-list.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { Item, ItemList } from '../ui/item-list.tsx';
import { PanelBody } from '../ui/panel-body.tsx';
import { Panel } from '../ui/panel.tsx';
import { ClientLogo } from './client-logo.tsx';
import { GrantsDocument, RevokeGrantDocument } from './operations.ts';

type Grant = NonNullable<GrantsQuery['viewer']>['grants'][number];

/** Lists the apps that can act on the viewer's behalf, and disconnects them. */
export function GrantPanel() {
  const { t } = useTranslation();
  const format = useFormat();
  const { data, error, refetch } = useQuery(GrantsDocument, { fetchPolicy: 'cache-and-network' });
  const [revoke] = useMutation(RevokeGrantDocument, {
    refetchQueries: [GrantsDocument],
    awaitRefetchQueries: true,
  });
  const [ending, setEnding] = useState<Grant>();
  const factsOf = ({ createdAt, lastUsedAt, expiresAt }: Grant): string => {
    const since = t('grants.since', { date: format.date(createdAt) });
    const used =
      lastUsedAt === null
        ? t('grants.neverUsed')
        : t('grants.used', { time: format.minute(lastUsedAt) });
    const until =
      expiresAt === null
        ? t('grants.actsByItself')
        : t('grants.until', { date: format.date(expiresAt) });
    return [since, used, until].join(' · ');
  };
  return (
    <Panel title={t('grants.title')}>
      <Text size="sm" c="dimmed">
        {t('grants.text')}
      </Text>
      <PanelBody data={data?.viewer?.grants} error={error} onRetry={() => void refetch()}>
        {(grants) =>
          grants.length === 0 ? (
            <Text c="dimmed">{t('grants.none')}</Text>
          ) : (
            <ItemList label={t('grants.title')}>
              {grants.map((grant) => (
                <Item
                  key={grant.id}
                  icon={<ClientLogo name={grant.clientName} path={grant.logoUri} />}
                  title={grant.clientName}
                  facts={factsOf(grant)}
                  actions={
                    <Button
                      variant="default"
                      size="xs"
                      aria-label={t('grants.revokeOne', { name: grant.clientName })}
                      onClick={() => setEnding(grant)}
                    >
                      {t('grants.revoke')}
                    </Button>
                  }
                >
                  <ScopeList lead={t('grants.may')} scopes={grant.scopes} />
                </Item>
              ))}
            </ItemList>
          )
        }
      </PanelBody>
      {ending && (
        <ConfirmDialog
          title={t('grants.revokeTitle', { name: ending.clientName })}
          text={t('grants.revokeText')}
          action={t('grants.revoke')}
          onConfirm={() => revoke({ variables: { id: ending.id } })}
          onClose={() => setEnding(undefined)}
        />
      )}
    </Panel>
  );
}
