import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { signOut } from '../api/session.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorState } from '../ui/error-state.tsx';
import { UserIcon } from '../ui/icons.tsx';

interface WrongAccountProps {
  readonly invited: string;
  /** Of the person who is signed in. */
  readonly email: string;
}

/** For somebody who opened the link of another person's invitation, or of one's own with another account. */
export function WrongAccount({ invited, email }: WrongAccountProps) {
  const { t } = useTranslation();
  const [error, setError] = useState<unknown>();
  return (
    <EmptyState
      icon={<UserIcon size={36} />}
      title={t('invitation.wrongTitle')}
      text={t('invitation.wrongText', { invited, email })}
      action={
        error === undefined ? (
          <Button variant="default" onClick={() => void signOut().catch(setError)}>
            {t('account.signOut')}
          </Button>
        ) : (
          <ErrorState error={error} />
        )
      }
    />
  );
}
