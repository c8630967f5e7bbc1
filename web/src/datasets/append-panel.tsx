import { Anchor, Button, Code, CopyButton, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import type { DatasetDetailsFragment } from '../generated/graphql.ts';
import { Panel } from '../ui/panel.tsx';
import { appendCommand } from './append-command.ts';

/** Shows how a program appends rows to this dataset. */
export function AppendPanel({ dataset }: { readonly dataset: DatasetDetailsFragment }) {
  const { t } = useTranslation();
  const command = appendCommand(dataset, `${window.location.origin}/graphql`);
  return (
    <Panel
      title={t('append.title')}
      actions={
        <CopyButton value={command}>
          {({ copied, copy }) => (
            <Button variant="default" size="xs" onClick={copy}>
              {t(copied ? 'ui.copied' : 'ui.copy')}
            </Button>
          )}
        </CopyButton>
      }
    >
      <Text size="sm" c="dimmed">
        {t('append.text')}{' '}
        <Anchor component={Link} to="/account/developer" inherit>
          {t('append.token')}
        </Anchor>
      </Text>
      <Code block style={{ overflowX: 'auto' }} tabIndex={0} aria-label={t('append.command')}>
        {command}
      </Code>
    </Panel>
  );
}
