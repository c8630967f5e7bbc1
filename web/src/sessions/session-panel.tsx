import { useMutation, useQuery } from '@apollo/client/react';
import { Badge, Button, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { signOutBy } from '../api/session.ts';
import type { SessionsQuery } from '../generated/graphql.ts';
import { useFormat } from '../i18n/use-format.ts';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { Item, ItemList } from '../ui/item-list.tsx';
import { PanelBody } from '../ui/panel-body.tsx';
import { Panel } from '../ui/panel.tsx';
import { EndSessionDocument, SessionsDocument } from './operations.ts';
import { SignOutEverywhere } from './sign-out-everywhere.tsx';
import { useDeviceName } from './use-device-name.ts';

type Session = NonNullable<SessionsQuery['viewer']>['sessions'][number];

/** Lists and ends the viewer's sessions. */
export function SessionPanel() {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = useDeviceName();
  const { data, error, refetch } = useQuery(SessionsDocument, { fetchPolicy: 'cache-and-network' });
  const [end] = useMutation(EndSessionDocument, {
    refetchQueries: [SessionsDocument],
    awaitRefetchQueries: true,
  });
  const [ending, setEnding] = useState<Session>();
  const factsOf = ({ address, createdAt, lastUsedAt, expiresAt }: Session): string => {
    const facts = t('sessions.facts', {
      created: format.minute(createdAt),
      used: format.minute(lastUsedAt),
      expires: format.minute(expiresAt),
    });
    return address ? `${facts} · ${t('sessions.from', { address })}` : facts;
  };
  const endOne = ({ id, isCurrent }: Session): Promise<unknown> =>
    isCurrent
      ? // The graph is no longer accessible afterwards.
        signOutBy(() => end({ variables: { id }, refetchQueries: [] }))
      : end({ variables: { id } });
  return (
    <Panel title={t('sessions.title')} actions={<SignOutEverywhere />}>
      <Text size="sm" c="dimmed">
        {t('sessions.text')}
      </Text>
      <PanelBody data={data?.viewer?.sessions} error={error} onRetry={() => void refetch()}>
        {(sessions) => (
          <ItemList label={t('sessions.title')}>
            {sessions.map((session) => (
              <Item
                key={session.id}
                title={nameOf(session.userAgent)}
                badge={
                  session.isCurrent && (
                    <Badge variant="light" tt="none">
                      {t('sessions.current')}
                    </Badge>
                  )
                }
                facts={factsOf(session)}
                actions={
                  <Button
                    variant="default"
                    size="xs"
                    aria-label={t('sessions.endOne', { device: nameOf(session.userAgent) })}
                    onClick={() => setEnding(session)}
                  >
                    {t('sessions.end')}
                  </Button>
                }
              />
            ))}
          </ItemList>
        )}
      </PanelBody>
      {ending && (
        <ConfirmDialog
          title={t('sessions.endTitle')}
          text={
            ending.isCurrent
              ? t('sessions.endCurrentText')
              : t('sessions.endText', { device: nameOf(ending.userAgent) })
          }
          action={t('sessions.end')}
          onConfirm={() => endOne(ending)}
          onClose={() => setEnding(undefined)}
        />
      )}
    </Panel>
  );
}
