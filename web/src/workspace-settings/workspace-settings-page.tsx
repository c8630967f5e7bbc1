import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';

import { WorkspaceAuditPanel } from '../audit/workspace-audit-panel.tsx';
import { WorkspaceRole } from '../generated/graphql.ts';
import { InvitationPanel } from '../invitations/invitation-panel.tsx';
import { NotFoundPage } from '../ui/not-found-page.tsx';
import { Page } from '../ui/page.tsx';
import { useWorkspaces } from '../workspaces/workspace-context.ts';
import { DeleteWorkspacePanel } from './delete-workspace-panel.tsx';
import { MemberPanel } from './member-panel.tsx';
import { WorkspaceNamePanel } from './workspace-name-panel.tsx';

/** The members of a workspace and, for owners, its settings. */
export function WorkspaceSettingsPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const { viewer, choose } = useWorkspaces();
  const membership = viewer.memberships?.find(({ workspace }) => workspace.id === id);
  const isMember = membership !== undefined;
  // A link may open another workspace than the current one, which then becomes the current one.
  useEffect(() => {
    if (isMember) choose(id);
  }, [choose, id, isMember]);
  if (!membership) return <NotFoundPage />;
  const { role, workspace } = membership;
  const isOwner = role === WorkspaceRole.OWNER;
  return (
    <Page key={id} title={t('workspaceSettings.title')}>
      {isOwner && <WorkspaceNamePanel workspace={workspace} />}
      <MemberPanel workspace={workspace} isOwner={isOwner} />
      {isOwner && (
        <>
          <InvitationPanel workspaceId={id} />
          <WorkspaceAuditPanel workspaceId={id} />
          <DeleteWorkspacePanel workspace={workspace} />
        </>
      )}
    </Page>
  );
}
