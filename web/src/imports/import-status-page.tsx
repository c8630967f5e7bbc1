import { useQuery, useSubscription } from '@apollo/client/react';
import { Container, Paper } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';

import { useConnection } from '../api/connection.ts';
import { ErrorState } from '../ui/error-state.tsx';
import { LoadingState } from '../ui/loading-state.tsx';
import { NotFoundPage } from '../ui/not-found-page.tsx';
import { Page } from '../ui/page.tsx';
import { ImportOutcome } from './import-outcome.tsx';
import { ImportProgress } from './import-progress.tsx';
import { isFinished } from './is-finished.ts';
import { ImportDocument, ImportProgressedDocument } from './operations.ts';
import { RejectPanel } from './reject-panel.tsx';

/** Polls beside the subscription, so that a lost event never leaves the page waiting. */
const POLL_MS = 5000;

/** The progress of an import, then its result. */
export function ImportStatusPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const { data, error, refetch } = useFollowedImport(id);
  if (!data) {
    if (!error) return <LoadingState />;
    return (
      <Container py="xl">
        <ErrorState error={error} onRetry={() => void refetch()} />
      </Container>
    );
  }
  const { import: found } = data;
  if (!found) return <NotFoundPage />;
  return (
    <Page title={t('import.titleOf', { file: found.fileName })} size="sm">
      <Paper withBorder p={{ base: 'sm', sm: 'lg' }}>
        {isFinished(found.status) ? (
          <ImportOutcome result={found} />
        ) : (
          <ImportProgress state={found} />
        )}
      </Paper>
      {Number(found.rowsRejected) > 0 && isFinished(found.status) && <RejectPanel importId={id} />}
    </Page>
  );
}

/** Queries an import, then follows it by subscription until it has finished. */
function useFollowedImport(id: string) {
  const query = useQuery(ImportDocument, { variables: { id }, fetchPolicy: 'cache-and-network' });
  const { data, refetch, startPolling, stopPolling } = query;
  const status = data?.import?.status;
  const isUnderWay = status !== undefined && !isFinished(status);
  // Its events update `data` through the cache.
  useSubscription(ImportProgressedDocument, {
    variables: { id },
    skip: !isUnderWay,
    ignoreResults: true,
  });

  const { opened } = useConnection();
  useEffect(() => {
    if (!isUnderWay) return undefined;
    startPolling(POLL_MS);
    return stopPolling;
  }, [isUnderWay, startPolling, stopPolling]);
  useEffect(() => {
    if (isUnderWay && opened > 0) refetch().catch(() => {});
  }, [isUnderWay, opened, refetch]);
  return query;
}
