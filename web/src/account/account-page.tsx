import type { ReactNode } from 'react';

import { Page } from '../ui/page.tsx';
import { AccountNavigation } from './account-navigation.tsx';

interface AccountPageProps {
  readonly title: string;
  readonly children: ReactNode;
}

/** The frame of the account pages. */
export function AccountPage({ title, children }: AccountPageProps) {
  return (
    <Page title={title} nav={<AccountNavigation />}>
      {children}
    </Page>
  );
}
