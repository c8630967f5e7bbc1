import { localPath } from '@affluent/local-path';
import { Alert, Box, Button, Center, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate, useSearchParams } from 'react-router';

import { isSignedIn, signInUrl, type WelcomeNotice } from '../api/session.ts';
import { ColorSchemeSwitch } from '../ui/color-scheme-switch.tsx';
import { LogoIcon } from '../ui/icons.tsx';
import { LocaleSwitch } from '../ui/locale-switch.tsx';
import { isRefusal } from './refused.ts';

const NOTICES: readonly WelcomeNotice[] = ['ended', 'everywhere'];

/** The welcome page. Signed-in people are redirected to where they wanted to go. */
export function SignInPage() {
  const { t } = useTranslation();
  const [query] = useSearchParams();
  const returnTo = localPath(query.get('return_to'));
  const failure = query.get('error');
  const notice = NOTICES.find((known) => known === query.get('notice'));
  const isInvited = returnTo.startsWith('/invitations/');
  useLeaveWhenSignedIn(returnTo);
  return (
    <Box component="main" mih="100vh" p="md">
      <title>{`${t('signIn.title')} · Affluent`}</title>
      <Group justify="flex-end" gap="sm">
        <LocaleSwitch />
        <ColorSchemeSwitch />
      </Group>
      <Center mih="80vh">
        <Paper withBorder shadow="sm" p={{ base: 'lg', sm: 40 }} w="100%" maw={460}>
          <Stack gap="lg">
            <Group gap="sm">
              <LogoIcon size={40} />
              <Title order={1}>Affluent</Title>
            </Group>
            <Text size="lg">{t('signIn.tagline')}</Text>
            {failure && (
              <Alert color="red" role="alert">
                {t(failure === 'expired' ? 'signIn.expired' : 'signIn.failed')}
              </Alert>
            )}
            {notice && <Alert>{t(`signIn.${notice}`)}</Alert>}
            {isInvited && !notice && <Text>{t('invitation.signInFirst')}</Text>}
            <Stack gap="sm">
              <Button component="a" href={signInUrl(returnTo)} size="md">
                {t('signIn.signIn')}
              </Button>
              <Button
                component="a"
                href={signInUrl(returnTo, 'sign-up')}
                size="md"
                variant="default"
              >
                {t('signIn.createAccount')}
              </Button>
            </Stack>
            <Text size="sm" c="dimmed">
              {t('signIn.note')}
            </Text>
          </Stack>
        </Paper>
      </Center>
    </Box>
  );
}

function useLeaveWhenSignedIn(returnTo: string): void {
  const navigate = useNavigate();
  const { state } = useLocation();
  const stays = isRefusal(state);
  useEffect(() => {
    if (stays) return undefined;
    let isShown = true;
    isSignedIn()
      // When the server does not answer, the page stays.
      .catch(() => false)
      .then((signedIn) => (isShown && signedIn ? navigate(returnTo, { replace: true }) : undefined))
      .catch(() => {});
    return () => {
      isShown = false;
    };
  }, [navigate, returnTo, stays]);
}
