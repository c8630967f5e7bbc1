import { useTranslation } from 'react-i18next';

import { GrantPanel } from '../grants/grant-panel.tsx';
import { AccountPage } from './account-page.tsx';
import { ConnectedAccountPanel } from './connected-account-panel.tsx';

/** Connected apps and external accounts. */
export function ConnectionsPage() {
  const { t } = useTranslation();
  return (
    <AccountPage title={t('account.sections.connections')}>
      <GrantPanel />
      <ConnectedAccountPanel />
    </AccountPage>
  );
}
