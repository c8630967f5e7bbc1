import { Alert, Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

import { failureOf } from '../api/error-code.ts';
import { signInAgainUrl } from '../api/session.ts';
import { useErrorMessage } from '../api/use-error-message.ts';
import { AlertIcon } from './icons.tsx';

interface ErrorStateProps {
  readonly error: unknown;
  /** What failed to load, when the rest of the page is shown. */
  readonly title?: string;
  /** Adds a button to try again. */
  readonly onRetry?: (() => void) | undefined;
}

/** Describes an error in place of the content that failed to load. */
export function ErrorState({ error, title, onRetry }: ErrorStateProps) {
  const { t } = useTranslation();
  const messageOf = useErrorMessage();
  const { code } = failureOf(error);
  return (
    <Alert
      color="red"
      variant="light"
      role="alert"
      icon={<AlertIcon />}
      title={title ?? t('ui.failed')}
    >
      <Group justify="space-between" gap="sm">
        <Text size="sm" className="wrap-anywhere">
          {messageOf(error)}
        </Text>
        {code === 'RECENT_SIGN_IN_REQUIRED' && (
          <Button component="a" href={signInAgainUrl()} size="xs" variant="default">
            {t('ui.signInAgain')}
          </Button>
        )}
        {onRetry && (
          <Button size="xs" variant="default" onClick={onRetry}>
            {t('ui.retry')}
          </Button>
        )}
      </Group>
    </Alert>
  );
}
