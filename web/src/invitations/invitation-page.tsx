import { useQuery } from '@apollo/client/react';
import { Button, Container } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';

import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorState } from '../ui/error-state.tsx';
import { AlertIcon } from '../ui/icons.tsx';
import { LoadingState } from '../ui/loading-state.tsx';
import { useWorkspaces } from '../workspaces/workspace-context.ts';
import { AcceptInvitation } from './accept-invitation.tsx';
import { InvitationDocument } from './operations.ts';
import { WrongAccount } from './wrong-account.tsx';

/** The page that an invitation link opens. */
export function InvitationPage() {
  const { t } = useTranslation();
  const { token = '' } = useParams();
  const { viewer } = useWorkspaces();
  const { data, error, refetch } = useQuery(InvitationDocument, {
    variables: { token },
    fetchPolicy: 'network-only',
  });
  if (error) {
    return (
      <Container size="sm" py="xl">
        <ErrorState error={error} onRetry={() => void refetch()} />
      </Container>
    );
  }
  if (!data) return <LoadingState />;
  const { invitation } = data;
  const ownAddress = viewer.email ?? '';
  return (
    <>
      <title>{`${t('invitation.title')} · Affluent`}</title>
      {!invitation && <InvalidInvitation />}
      {invitation &&
        (isSameAddress(invitation.email, ownAddress) ? (
          <AcceptInvitation token={token} invitation={invitation} />
        ) : (
          <WrongAccount invited={invitation.email} email={ownAddress} />
        ))}
    </>
  );
}

/** The same comparison as on the server. */
const isSameAddress = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

function InvalidInvitation() {
  const { t } = useTranslation();
  return (
    <EmptyState
      icon={<AlertIcon size={36} />}
      title={t('invitation.goneTitle')}
      text={t('invitation.goneText')}
      action={
        <Button component={Link} to="/datasets">
          {t('notFound.back')}
        </Button>
      }
    />
  );
}
