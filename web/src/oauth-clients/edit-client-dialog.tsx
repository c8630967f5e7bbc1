import { useMutation } from '@apollo/client/react';
import { useTranslation } from 'react-i18next';

import type { RegisteredClientFragment } from '../generated/graphql.ts';
import { Dialog } from '../ui/dialog.tsx';
import { type ClientSettings, inputOf, settingsOf } from './client-settings.ts';
import { OAuthClientForm } from './oauth-client-form.tsx';
import { UpdateOAuthClientDocument } from './operations.ts';

interface EditClientDialogProps {
  readonly client: RegisteredClientFragment;
  readonly onClose: () => void;
}

export function EditClientDialog({ client, onClose }: EditClientDialogProps) {
  const { t } = useTranslation();
  const [update, { loading, error }] = useMutation(UpdateOAuthClientDocument);
  const submit = async (settings: ClientSettings): Promise<void> => {
    await update({ variables: { input: { id: client.id, ...inputOf(settings) } } });
    onClose();
  };
  return (
    <Dialog title={t('oauthClients.editTitle', { name: client.name })} size="lg" onClose={onClose}>
      <OAuthClientForm
        initial={settingsOf(client)}
        isKnown
        isBusy={loading}
        error={error}
        onSubmit={(settings) => void submit(settings).catch(() => {})}
        onCancel={onClose}
      />
    </Dialog>
  );
}
