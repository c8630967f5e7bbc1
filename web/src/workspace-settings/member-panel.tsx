import { useQuery } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { ItemList } from '../ui/item-list.tsx';
import { PanelBody } from '../ui/panel-body.tsx';
import { Panel } from '../ui/panel.tsx';
import { useWorkspaces, type Workspace } from '../workspaces/workspace-context.ts';
import { LeaveWorkspaceDialog } from './leave-workspace-dialog.tsx';
import { type MemberAction, MemberDialog } from './member-dialog.tsx';
import { MemberItem } from './member-item.tsx';
import { WorkspaceDocument } from './operations.ts';

interface MemberPanelProps {
  readonly workspace: Workspace;
  /** Whether the viewer can manage members. */
  readonly isOwner: boolean;
}

/** The members of a workspace. */
export function MemberPanel({ workspace, isOwner }: MemberPanelProps) {
  const { t } = useTranslation();
  const { viewer } = useWorkspaces();
  const { data, error, refetch } = useQuery(WorkspaceDocument, {
    variables: { id: workspace.id },
    fetchPolicy: 'cache-and-network',
  });
  const [isLeaving, leaving] = useDisclosure(false);
  const [action, setAction] = useState<MemberAction>();
  return (
    <Panel
      title={t('members.title')}
      actions={
        <Button variant="default" size="xs" onClick={leaving.open}>
          {t('members.leave')}
        </Button>
      }
    >
      <PanelBody data={data?.workspace?.members} error={error} onRetry={() => void refetch()}>
        {(members) => (
          <ItemList label={t('members.title')}>
            {members.map((member) => (
              <MemberItem
                key={member.user.id}
                workspaceId={workspace.id}
                member={member}
                isSelf={member.user.id === viewer.id}
                isManaged={isOwner}
                onAction={setAction}
              />
            ))}
          </ItemList>
        )}
      </PanelBody>
      {isLeaving && <LeaveWorkspaceDialog workspace={workspace} onClose={leaving.close} />}
      {action && (
        <MemberDialog workspace={workspace} action={action} onClose={() => setAction(undefined)} />
      )}
    </Panel>
  );
}
