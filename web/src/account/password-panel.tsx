import { useMutation, useQuery } from '@apollo/client/react';
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

import { SessionsDocument } from '../sessions/operations.ts';
import { PanelBody } from '../ui/panel-body.tsx';
import { Panel } from '../ui/panel.tsx';
import { AccountDocument, ChangePasswordDocument } from './operations.ts';
import { PasswordForm, type PasswordFormValues } from './password-form.tsx';

/** Changes the viewer's password, or sets the first one. */
export function PasswordPanel() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(AccountDocument);
  const [change, state] = useMutation(ChangePasswordDocument, {
    fetchPolicy: 'no-cache',
    refetchQueries: [SessionsDocument],
  });
  const submit = async ({ currentPassword, newPassword }: PasswordFormValues): Promise<void> => {
    const input = { newPassword, ...(currentPassword !== '' && { currentPassword }) };
    await change({ variables: { input } });
    await refetch();
  };
  return (
    <Panel title={t('password.title')}>
      <PanelBody data={data?.viewer} error={error} onRetry={() => void refetch()}>
        {({ email, hasPassword }) => (
          <PasswordForm
            email={email ?? ''}
            hasPassword={hasPassword}
            isBusy={state.loading}
            error={state.error}
            onSubmit={submit}
          />
        )}
      </PanelBody>
      <Text component="output" size="sm">
        {state.data && !state.loading && t('password.changed')}
      </Text>
    </Panel>
  );
}
