import './shell.css';
import { Anchor, Burger, Group, Skeleton, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { lazy, type ReactNode, Suspense, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Outlet, useLocation } from 'react-router';

import { ColorSchemeSwitch } from '../ui/color-scheme-switch.tsx';
import { LogoIcon } from '../ui/icons.tsx';
import { LocaleSwitch } from '../ui/locale-switch.tsx';
import { Navigation } from './navigation.tsx';

// Menus are loaded after the page itself.
const WorkspaceMenu = lazy(async () => ({
  default: (await import('../workspaces/workspace-menu.tsx')).WorkspaceMenu,
}));
const AccountMenu = lazy(async () => ({
  default: (await import('./account-menu.tsx')).AccountMenu,
}));

interface ShellProps {
  /** Shown above every page. */
  readonly notice?: ReactNode;
}

/** The frame around every signed-in page. On narrow screens the navigation collapses behind a button. */
export function Shell({ notice }: ShellProps) {
  const { t } = useTranslation();
  const [isMenuOpen, menu] = useDisclosure(false);
  const main = useFocusOnNavigation(menu.close);
  return (
    <>
      <a href="#main" className="skip-link">
        {t('ui.skip')}
      </a>
      <header className="shell-header">
        <Burger
          className="shell-narrow"
          size="sm"
          opened={isMenuOpen}
          onClick={menu.toggle}
          aria-label={t(isMenuOpen ? 'ui.closeMenu' : 'ui.openMenu')}
          aria-expanded={isMenuOpen}
        />
        <Anchor component={Link} to="/datasets" underline="never" c="inherit" aria-label="Affluent">
          <Group gap={8} wrap="nowrap">
            <LogoIcon />
            <Text span fw={700} size="lg" visibleFrom="xs">
              Affluent
            </Text>
          </Group>
        </Anchor>
        <Suspense fallback={<Skeleton w={140} h={36} />}>
          <WorkspaceMenu />
        </Suspense>
        <div className="shell-menu" data-open={isMenuOpen}>
          <Navigation />
          <div className="shell-settings">
            <LocaleSwitch />
            <ColorSchemeSwitch />
          </div>
        </div>
        <div className="shell-account">
          <Suspense fallback={<Skeleton circle h={34} />}>
            <AccountMenu />
          </Suspense>
        </div>
      </header>
      <main id="main" tabIndex={-1} ref={main}>
        {notice}
        <Outlet />
      </main>
    </>
  );
}

/** Moves the focus to the new page after a navigation, as browsers do on a page load. */
function useFocusOnNavigation(onNavigation: () => void) {
  const main = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  const shown = useRef(pathname);
  useEffect(() => {
    if (shown.current === pathname) return;
    shown.current = pathname;
    onNavigation();
    window.scrollTo(0, 0);
    main.current?.focus({ preventScroll: true });
  }, [pathname, onNavigation]);
  return main;
}
