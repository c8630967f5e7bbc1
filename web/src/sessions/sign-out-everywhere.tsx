import { useMutation } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';

import { signOutBy } from '../api/session.ts';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { SignOutEverywhereDocument } from './operations.ts';

/** Ends all sessions and goes to the welcome page. */
export function SignOutEverywhere() {
  const { t } = useTranslation();
  const [isAsking, asking] = useDisclosure(false);
  const [signOut] = useMutation(SignOutEverywhereDocument);
  return (
    <>
      <Button variant="default" size="xs" onClick={asking.open}>
        {t('sessions.everywhere')}
      </Button>
      {isAsking && (
        <ConfirmDialog
          title={t('sessions.everywhereTitle')}
          text={t('sessions.everywhereText')}
          action={t('sessions.everywhere')}
          onConfirm={() => signOutBy(signOut, 'everywhere')}
          onClose={asking.close}
        />
      )}
    </>
  );
}
