import { Button, Group, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';

import { CopyField } from '../ui/copy-field.tsx';
import { OnceAlert } from '../ui/once-alert.tsx';
import { DiscoveryLink } from './discovery-link.tsx';

interface ClientCredentialsProps {
  readonly clientId: string;
  /** Null for a public client. */
  readonly clientSecret: string | null;
  readonly onDone: () => void;
}

/** The credentials of a client, shown after registration or rotation. */
export function ClientCredentials({ clientId, clientSecret, onDone }: ClientCredentialsProps) {
  const { t } = useTranslation();
  return (
    <Stack>
      <OnceAlert text={t(clientSecret === null ? 'oauthClients.noSecret' : 'oauthClients.once')} />
      <CopyField label={t('oauthClients.clientId')} value={clientId} />
      {clientSecret !== null && (
        <CopyField label={t('oauthClients.clientSecret')} value={clientSecret} />
      )}
      <Group justify="space-between">
        <DiscoveryLink />
        <Button onClick={onDone}>{t('oauthClients.done')}</Button>
      </Group>
    </Stack>
  );
}
