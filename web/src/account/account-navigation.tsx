import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';

import './account-navigation.css';

const SECTIONS = [
  { to: '/account', name: 'account.sections.profile' },
  { to: '/account/security', name: 'account.sections.security' },
  { to: '/account/connections', name: 'account.sections.connections' },
  { to: '/account/developer', name: 'account.sections.developer' },
  { to: '/account/activity', name: 'account.sections.activity' },
] as const;

/** Links between the account pages. */
export function AccountNavigation() {
  const { t } = useTranslation();
  return (
    <nav className="account-navigation" aria-label={t('account.label')}>
      {SECTIONS.map(({ to, name }) => (
        <NavLink key={to} to={to} end>
          {t(name)}
        </NavLink>
      ))}
    </nav>
  );
}
