import { useQuery } from '@apollo/client/react';
import { Container } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { lazy, Suspense, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, useLocation } from 'react-router';

import { GraphProvider } from '../api/graph-provider.tsx';
import { welcomePath } from '../api/session.ts';
import { REFUSED } from '../sign-in/refused.ts';
import { ErrorState } from '../ui/error-state.tsx';
import { LoadingState } from '../ui/loading-state.tsx';
import { ViewerDocument } from '../workspaces/operations.ts';
import { useLiveMemberships } from '../workspaces/use-live-memberships.ts';
import { useLostWorkspace } from '../workspaces/use-lost-workspace.ts';
import { type Viewer, WorkspaceContext } from '../workspaces/workspace-context.ts';
import { Shell } from './shell.tsx';

const Notice = lazy(async () => ({ default: (await import('./notice.tsx')).Notice }));

/** Requires sign-in, and provides the viewer and the current workspace to the pages below. */
export function SignedInLayout() {
  return (
    <GraphProvider>
      <SignedInGate />
    </GraphProvider>
  );
}

function SignedInGate() {
  const { data, error, refetch } = useQuery(ViewerDocument);
  const { pathname, search } = useLocation();
  if (data?.viewer) return <WorkspaceShell viewer={data.viewer} />;
  if (data) return <Navigate replace to={welcomePath(pathname + search)} state={REFUSED} />;
  if (!error) return <LoadingState height="100vh" />;
  return (
    <Container size="sm" py="xl">
      <ErrorState error={error} onRetry={() => void refetch()} />
    </Container>
  );
}

interface WorkspaceShellProps {
  readonly viewer: Viewer;
}

function WorkspaceShell({ viewer }: WorkspaceShellProps) {
  const { t } = useTranslation();
  const [chosen, choose] = useLocalStorage<string>({ key: 'affluent.workspace', defaultValue: '' });
  const choice = useMemo(() => {
    const workspaces = (viewer.memberships ?? []).map(({ workspace }) => workspace);
    const current = workspaces.find(({ id }) => id === chosen) ?? workspaces[0];
    return { viewer, workspaces, current, choose };
  }, [viewer, chosen, choose]);
  useLiveMemberships();
  const lost = useLostWorkspace(choice);
  return (
    <WorkspaceContext value={choice}>
      <Shell
        notice={
          lost.name !== undefined && (
            <Suspense>
              <Notice
                text={t('notices.workspaceLost', { name: lost.name })}
                onDismiss={lost.dismiss}
              />
            </Suspense>
          )
        }
      />
    </WorkspaceContext>
  );
}
