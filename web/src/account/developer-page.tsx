import { useTranslation } from 'react-i18next';

import { AccessTokenPanel } from '../access-tokens/access-token-panel.tsx';
import { OAuthClientPanel } from '../oauth-clients/oauth-client-panel.tsx';
import { AccountPage } from './account-page.tsx';

/** Access tokens and OAuth clients. */
export function DeveloperPage() {
  const { t } = useTranslation();
  return (
    <AccountPage title={t('account.sections.developer')}>
      <AccessTokenPanel />
      <OAuthClientPanel />
    </AccountPage>
  );
}
