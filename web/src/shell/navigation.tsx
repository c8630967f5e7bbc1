import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';

import './navigation.css';

const PLACES = [
  { to: '/datasets', name: 'nav.datasets' },
  { to: '/import', name: 'nav.import' },
  { to: '/explorer', name: 'nav.explorer' },
] as const;

/** Links to the main pages; the current one has `aria-current="page"`. */
export function Navigation() {
  const { t } = useTranslation();
  return (
    <nav className="navigation" aria-label={t('nav.label')}>
      {PLACES.map(({ to, name }) => (
        <NavLink key={to} to={to}>
          {t(name)}
        </NavLink>
      ))}
    </nav>
  );
}
