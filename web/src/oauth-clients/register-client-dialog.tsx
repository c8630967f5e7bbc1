import { useMutation } from '@apollo/client/react';
import { useTranslation } from 'react-i18next';

import { Dialog } from '../ui/dialog.tsx';
import { ClientCredentials } from './client-credentials.tsx';
import { type ClientSettings, EMPTY_SETTINGS, inputOf, typeOf } from './client-settings.ts';
import { OAuthClientForm } from './oauth-client-form.tsx';
import { OAuthClientsDocument, RegisterOAuthClientDocument } from './operations.ts';

/** Registers a client and shows its secret once. */
export function RegisterClientDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  // Keeps the secret out of the cache, which lives as long as the page.
  const [register, { data, loading, error }] = useMutation(RegisterOAuthClientDocument, {
    fetchPolicy: 'no-cache',
    refetchQueries: [OAuthClientsDocument],
  });
  const submit = (settings: ClientSettings): void => {
    const input = { ...inputOf(settings), type: typeOf(settings.type) };
    register({ variables: { input } }).catch(() => {});
  };
  const made = data?.registerOAuthClient;
  return (
    <Dialog
      title={
        made ? t('oauthClients.registeredTitle', { name: made.client.name }) : t('oauthClients.new')
      }
      size="lg"
      isSticky={made !== undefined}
      onClose={onClose}
    >
      {made ? (
        <ClientCredentials
          clientId={made.client.clientId}
          clientSecret={made.clientSecret}
          onDone={onClose}
        />
      ) : (
        <OAuthClientForm
          initial={EMPTY_SETTINGS}
          isKnown={false}
          isBusy={loading}
          error={error}
          onSubmit={submit}
          onCancel={onClose}
        />
      )}
    </Dialog>
  );
}
