import { useTranslation } from 'react-i18next';

import { ActivityPanel } from '../audit/activity-panel.tsx';
import { AccountPage } from './account-page.tsx';

/** What happened in one's account. */
export function ActivityPage() {
  const { t } = useTranslation();
  return (
    <AccountPage title={t('account.sections.activity')}>
      <ActivityPanel />
    </AccountPage>
  );
}
