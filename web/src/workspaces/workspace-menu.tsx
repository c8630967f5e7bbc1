import { Button, Menu, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { ChevronIcon } from '../ui/icons.tsx';
import { useWorkspaces } from './workspace-context.ts';

const NewWorkspaceDialog = lazy(async () => ({
  default: (await import('./new-workspace-dialog.tsx')).NewWorkspaceDialog,
}));

/** Shows and switches the current workspace. */
export function WorkspaceMenu() {
  const { t } = useTranslation();
  const { workspaces, current, choose } = useWorkspaces();
  const [dialogOpened, dialog] = useDisclosure(false);
  return (
    <>
      <Menu position="bottom-start" width={260} shadow="md">
        <Menu.Target>
          <Button
            variant="default"
            size="sm"
            maw={220}
            rightSection={<ChevronIcon size={16} />}
            aria-label={t('workspaces.current', { name: current?.name ?? t('workspaces.none') })}
          >
            <Text span truncate size="sm" fw={500}>
              {current?.name ?? t('workspaces.none')}
            </Text>
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{t('workspaces.title')}</Menu.Label>
          {workspaces.map(({ id, name }) => (
            <Menu.Item
              key={id}
              onClick={() => choose(id)}
              aria-current={id === current?.id}
              fw={id === current?.id ? 650 : 400}
              className="wrap-anywhere"
            >
              {name}
            </Menu.Item>
          ))}
          <Menu.Divider />
          {current && (
            <Menu.Item component={Link} to={`/workspaces/${current.id}/settings`}>
              {t('workspaceSettings.link')}
            </Menu.Item>
          )}
          <Menu.Item onClick={dialog.open}>{t('workspaces.new')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {dialogOpened && (
        <Suspense>
          <NewWorkspaceDialog onClose={dialog.close} />
        </Suspense>
      )}
    </>
  );
}
