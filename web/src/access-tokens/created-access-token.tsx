import { Button, Group, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';

import { CopyField } from '../ui/copy-field.tsx';
import { OnceAlert } from '../ui/once-alert.tsx';
import { tokenCommand } from './token-command.ts';

interface CreatedAccessTokenProps {
  readonly token: string;
  readonly onDone: () => void;
}

/** A new token, shown only once. */
export function CreatedAccessToken({ token, onDone }: CreatedAccessTokenProps) {
  const { t } = useTranslation();
  return (
    <Stack>
      <OnceAlert text={t('accessTokens.once')} />
      <CopyField label={t('accessTokens.token')} value={token} />
      <CopyField
        label={t('accessTokens.tryIt')}
        value={tokenCommand(token, `${window.location.origin}/graphql`)}
      />
      <Group justify="flex-end">
        <Button onClick={onDone}>{t('accessTokens.done')}</Button>
      </Group>
    </Stack>
  );
}
