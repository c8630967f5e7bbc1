import { useMutation } from '@apollo/client/react';
import { Button, Group, Paper, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';

import type { InvitationQuery } from '../generated/graphql.ts';
import { useFormat } from '../i18n/use-format.ts';
import { ErrorState } from '../ui/error-state.tsx';
import { Page } from '../ui/page.tsx';
import { ViewerDocument } from '../workspaces/operations.ts';
import { useWorkspaces } from '../workspaces/workspace-context.ts';
import { AcceptInvitationDocument } from './operations.ts';

interface AcceptInvitationProps {
  readonly token: string;
  readonly invitation: NonNullable<InvitationQuery['invitation']>;
}

/** Describes an invitation and accepts it. */
export function AcceptInvitation({ token, invitation }: AcceptInvitationProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const { choose } = useWorkspaces();
  const [accept, { loading, error }] = useMutation(AcceptInvitationDocument, {
    variables: { input: { token } },
    refetchQueries: [ViewerDocument],
    awaitRefetchQueries: true,
  });
  const { workspaceName: workspace, invitedBy: name, role, expiresAt } = invitation;
  const join = async (): Promise<void> => {
    const { data } = await accept();
    if (!data) return;
    choose(data.acceptInvitation.membership.workspace.id);
    await navigate('/datasets');
  };
  return (
    <Page title={t('invitation.heading', { workspace })} size="sm">
      <Paper withBorder p={{ base: 'sm', sm: 'lg' }}>
        <Stack>
          <Text className="wrap-anywhere">{t('invitation.text', { name, workspace })}</Text>
          <Text>
            {t('invitation.role', { role: t(`roles.${role}`), hint: t(`roleHints.${role}`) })}
          </Text>
          <Text size="sm" c="dimmed">
            {t('invitation.expires', { date: format.minute(expiresAt) })}
          </Text>
          {error && <ErrorState error={error} />}
          <Group>
            <Button loading={loading} onClick={() => void join().catch(() => {})}>
              {t('invitation.accept')}
            </Button>
            <Button component={Link} to="/datasets" variant="default">
              {t('invitation.decline')}
            </Button>
          </Group>
        </Stack>
      </Paper>
    </Page>
  );
}
