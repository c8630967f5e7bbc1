import { useMutation } from '@apollo/client/react';
import { useTranslation } from 'react-i18next';

import type { RegisteredClientFragment } from '../generated/graphql.ts';
import { ConfirmForm } from '../ui/confirm-form.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { ClientCredentials } from './client-credentials.tsx';
import { RotateOAuthClientSecretDocument } from './operations.ts';

interface RotateSecretDialogProps {
  readonly client: RegisteredClientFragment;
  readonly onClose: () => void;
}

/** Replaces the secret of a client and shows the new one once. */
export function RotateSecretDialog({ client, onClose }: RotateSecretDialogProps) {
  const { t } = useTranslation();
  const { id, name, clientId } = client;
  const [rotate, { data }] = useMutation(RotateOAuthClientSecretDocument, {
    fetchPolicy: 'no-cache',
  });
  const secret = data?.rotateOAuthClientSecret.clientSecret;
  return (
    <Dialog
      title={t(secret ? 'oauthClients.newSecretTitle' : 'oauthClients.rotateTitle', { name })}
      size="lg"
      isSticky={secret !== undefined}
      onClose={onClose}
    >
      {secret ? (
        <ClientCredentials clientId={clientId} clientSecret={secret} onDone={onClose} />
      ) : (
        <ConfirmForm
          text={t('oauthClients.rotateText')}
          action={t('oauthClients.rotate')}
          onConfirm={() => rotate({ variables: { id } })}
          onCancel={onClose}
        />
      )}
    </Dialog>
  );
}
