import { Avatar, Menu, Text, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { signOut } from '../api/session.ts';
import { useErrorMessage } from '../api/use-error-message.ts';
import { useWorkspaces } from '../workspaces/workspace-context.ts';

export function AccountMenu() {
  const { t } = useTranslation();
  const { viewer } = useWorkspaces();
  const messageOf = useErrorMessage();
  const [error, setError] = useState<unknown>();
  const leave = (): void => {
    setError(undefined);
    signOut().catch(setError);
  };
  return (
    <Menu position="bottom-end" width={260} shadow="md">
      <Menu.Target>
        <UnstyledButton aria-label={t('account.menu')} style={{ borderRadius: '50%' }}>
          <Avatar name={viewer.displayName ?? ''} color="river" size={34} alt="" />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Text size="sm" fw={600} c="var(--mantine-color-text)" className="wrap-anywhere">
            {viewer.displayName}
          </Text>
          <Text size="xs" className="wrap-anywhere">
            {viewer.email}
          </Text>
        </Menu.Label>
        <Menu.Divider />
        <Menu.Item component={Link} to="/account">
          {t('account.settings')}
        </Menu.Item>
        <Menu.Item closeMenuOnClick={false} onClick={leave}>
          {t('account.signOut')}
        </Menu.Item>
        {error !== undefined && (
          <Text role="alert" size="sm" c="red" px="sm" py={4}>
            {messageOf(error)}
          </Text>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
