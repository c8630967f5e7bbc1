import { useTranslation } from 'react-i18next';

import { PasskeyPanel } from '../passkeys/passkey-panel.tsx';
import { SessionPanel } from '../sessions/session-panel.tsx';
import { AccountPage } from './account-page.tsx';
import { PasswordPanel } from './password-panel.tsx';

/** Password, passkeys and sessions of the viewer. */
export function SecurityPage() {
  const { t } = useTranslation();
  return (
    <AccountPage title={t('account.sections.security')}>
      <PasswordPanel />
      <PasskeyPanel />
      <SessionPanel />
    </AccountPage>
  );
}
