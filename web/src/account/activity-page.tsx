import { useTranslation } from 'react-i18next';

import { ActivityPanel } from '../audit/activity-panel.tsx';
import { AccountPage } from './account-page.tsx';

/** The audit log of the viewer's account. */
export function ActivityPage() {
  const { t } = useTranslation();
  return (
    <AccountPage title={t('account.sections.activity')}>
      <ActivityPanel />
    </AccountPage>
  );
}
