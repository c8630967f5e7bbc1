import { useQuery } from '@apollo/client/react';
import { useTranslation } from 'react-i18next';

import { PanelBody } from '../ui/panel-body.tsx';
import { AccountPage } from './account-page.tsx';
import { EmailPanel } from './email-panel.tsx';
import { NamePanel } from './name-panel.tsx';
import { AccountDocument } from './operations.ts';

/** Name and email address of the viewer. */
export function ProfilePage() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(AccountDocument, { fetchPolicy: 'cache-and-network' });
  return (
    <AccountPage title={t('account.sections.profile')}>
      <PanelBody data={data?.viewer} error={error} onRetry={() => void refetch()}>
        {(account) => (
          <>
            <NamePanel account={account} />
            <EmailPanel account={account} />
          </>
        )}
      </PanelBody>
    </AccountPage>
  );
}
