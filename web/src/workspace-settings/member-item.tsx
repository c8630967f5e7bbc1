import { Avatar, Badge, Button, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

import type { MemberFragment } from '../generated/graphql.ts';
import { useFormat } from '../i18n/use-format.ts';
import { Item } from '../ui/item-list.tsx';
import type { MemberAction } from './member-dialog.tsx';
import { MemberRole } from './member-role.tsx';

interface MemberItemProps {
  readonly workspaceId: string;
  readonly member: MemberFragment;
  readonly isSelf: boolean;
  /** Whether the viewer can change the role of this member and remove them. */
  readonly isManaged: boolean;
  readonly onAction: (action: MemberAction) => void;
}

export function MemberItem({ workspaceId, member, isSelf, isManaged, onAction }: MemberItemProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { user, role, createdAt } = member;
  const name = user.displayName ?? '';
  return (
    <Item
      icon={<Avatar name={name} color="river" alt="" />}
      title={name}
      badge={
        isSelf && (
          <Badge variant="light" tt="none">
            {t('members.you')}
          </Badge>
        )
      }
      facts={`${user.email ?? ''} · ${t('members.since', { date: format.date(createdAt) })}`}
      actions={
        isManaged ? (
          <>
            <MemberRole workspaceId={workspaceId} member={member} isSelf={isSelf} />
            {!isSelf && (
              <>
                <Button
                  variant="default"
                  size="xs"
                  aria-label={t('members.transferOne', { name })}
                  onClick={() => onAction({ kind: 'transfer', member })}
                >
                  {t('members.transfer')}
                </Button>
                <Button
                  variant="default"
                  size="xs"
                  aria-label={t('members.removeOne', { name })}
                  onClick={() => onAction({ kind: 'remove', member })}
                >
                  {t('members.remove')}
                </Button>
              </>
            )}
          </>
        ) : (
          <Text size="sm">{t(`roles.${role}`)}</Text>
        )
      }
    />
  );
}
