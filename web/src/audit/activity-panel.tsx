import { useQuery } from '@apollo/client/react';
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

import { PanelBody } from '../ui/panel-body.tsx';
import { Panel } from '../ui/panel.tsx';
import { AuditList } from './audit-list.tsx';
import { ActivityDocument } from './operations.ts';

const PAGE_SIZE = 50;

/** The audit log of the viewer's account. */
export function ActivityPanel() {
  const { t } = useTranslation();
  const { data, error, loading, refetch, fetchMore } = useQuery(ActivityDocument, {
    variables: { first: PAGE_SIZE },
    fetchPolicy: 'cache-and-network',
    nextFetchPolicy: 'cache-first',
    notifyOnNetworkStatusChange: true,
  });
  return (
    <Panel title={t('audit.activityTitle')}>
      <Text size="sm" c="dimmed">
        {t('audit.activityText')}
      </Text>
      <PanelBody data={data?.viewer?.auditEvents} error={error} onRetry={() => void refetch()}>
        {(events) => (
          <AuditList
            label={t('audit.activityTitle')}
            events={events}
            isLoading={loading}
            onMore={(after) => void fetchMore({ variables: { after } }).catch(() => {})}
          />
        )}
      </PanelBody>
    </Panel>
  );
}
