import { useQuery } from '@apollo/client/react';
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

import { PanelBody } from '../ui/panel-body.tsx';
import { Panel } from '../ui/panel.tsx';
import { AuditList } from './audit-list.tsx';
import { WorkspaceAuditDocument } from './operations.ts';

const PAGE_SIZE = 50;

/** The audit log of a workspace; for owners. */
export function WorkspaceAuditPanel({ workspaceId }: { readonly workspaceId: string }) {
  const { t } = useTranslation();
  const { data, error, loading, refetch, fetchMore } = useQuery(WorkspaceAuditDocument, {
    variables: { id: workspaceId, first: PAGE_SIZE },
    fetchPolicy: 'cache-and-network',
    nextFetchPolicy: 'cache-first',
    notifyOnNetworkStatusChange: true,
  });
  return (
    <Panel title={t('audit.workspaceTitle')}>
      <Text size="sm" c="dimmed">
        {t('audit.workspaceText')}
      </Text>
      <PanelBody data={data?.workspace?.auditEvents} error={error} onRetry={() => void refetch()}>
        {(events) => (
          <AuditList
            label={t('audit.workspaceTitle')}
            events={events}
            isLoading={loading}
            onMore={(after) => void fetchMore({ variables: { after } }).catch(() => {})}
          />
        )}
      </PanelBody>
    </Panel>
  );
}
