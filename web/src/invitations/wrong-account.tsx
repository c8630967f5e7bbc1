import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { signOut } from '../api/session.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorState } from '../ui/error-state.tsx';
import { UserIcon } from '../ui/icons.tsx';

interface WrongAccountProps {
  readonly invited: string;
  /** Address of the signed-in account. */
  readonly email: string;
}

/** Shown when the signed-in account is not the invited one. */
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
