import { useMutation } from '@apollo/client/react';
import { useTranslation } from 'react-i18next';

import { Dialog } from '../ui/dialog.tsx';
import { AccessTokenForm, type AccessTokenFormValues } from './access-token-form.tsx';
import { CreatedAccessToken } from './created-access-token.tsx';
import { AccessTokensDocument, CreateAccessTokenDocument } from './operations.ts';

/** Creates an access token and shows it once. */
export function NewAccessTokenDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  // Keeps the secret out of the cache, which lives as long as the page.
  const [create, { data, loading, error }] = useMutation(CreateAccessTokenDocument, {
    fetchPolicy: 'no-cache',
    refetchQueries: [AccessTokensDocument],
  });
  const submit = ({ name, scopes, expiresInDays }: AccessTokenFormValues): void => {
    const input = { name: name.trim(), scopes, expiresInDays: Number(expiresInDays) };
    create({ variables: { input } }).catch(() => {});
  };
  const token = data?.createAccessToken.token;
  return (
    <Dialog
      title={t(token === undefined ? 'accessTokens.new' : 'accessTokens.createdTitle')}
      size="lg"
      isSticky={token !== undefined}
      onClose={onClose}
    >
      {token === undefined ? (
        <AccessTokenForm isBusy={loading} error={error} onSubmit={submit} onCancel={onClose} />
      ) : (
        <CreatedAccessToken token={token} onDone={onClose} />
      )}
    </Dialog>
  );
}
