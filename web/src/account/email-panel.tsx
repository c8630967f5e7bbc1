import { useMutation } from '@apollo/client/react';
import { Badge, Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

import type { ProfileFragment } from '../generated/graphql.ts';
import { ErrorState } from '../ui/error-state.tsx';
import { Panel } from '../ui/panel.tsx';
import { SendVerificationEmailDocument } from './operations.ts';

/** The viewer's email address and its verification. */
export function EmailPanel({
  account: { email, emailVerified },
}: {
  readonly account: ProfileFragment;
}) {
  const { t } = useTranslation();
  const [send, { data, loading, error }] = useMutation(SendVerificationEmailDocument);
  return (
    <Panel title={t('profile.emailTitle')}>
      <Group gap="xs">
        <Text className="wrap-anywhere">{email}</Text>
        <Badge variant="dot" color={emailVerified ? 'teal' : 'orange'} tt="none">
          {t(emailVerified ? 'profile.verified' : 'profile.unverified')}
        </Badge>
      </Group>
      {!emailVerified && (
        <>
          <Text size="sm" c="dimmed">
            {t('profile.unverifiedText')}
          </Text>
          <Group>
            <Button variant="default" loading={loading} onClick={() => void send().catch(() => {})}>
              {t('profile.sendLink')}
            </Button>
            <Text component="output" size="sm" className="wrap-anywhere">
              {data && t('profile.linkSent', { email: data.sendVerificationEmail.email })}
            </Text>
          </Group>
        </>
      )}
      {error && <ErrorState error={error} />}
    </Panel>
  );
}
