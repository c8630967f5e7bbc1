import { Button, Group, Stack, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { ErrorState } from './error-state.tsx';

export interface ConfirmFormProps {
  /** What will happen. */
  readonly text: string;
  /** The name of the button that does it. */
  readonly action: string;
  /** Whether the action is enabled; default true. */
  readonly isReady?: boolean;
  /** Its rejection is shown as an error. */
  readonly onConfirm: () => Promise<unknown>;
  readonly onCancel: () => void;
  /** Fields to fill in first. */
  readonly children?: ReactNode;
}

/** Confirms or cancels an action; cancel has the initial focus. */
export function ConfirmForm({
  text,
  action,
  isReady = true,
  onConfirm,
  onCancel,
  children,
}: ConfirmFormProps) {
  const { t } = useTranslation();
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const confirm = async (): Promise<void> => {
    setBusy(true);
    setError(undefined);
    try {
      await onConfirm();
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  };
  return (
    <Stack>
      <Text className="wrap-anywhere">{text}</Text>
      {children}
      {error !== undefined && <ErrorState error={error} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onCancel} data-autofocus={!children}>
          {t('ui.cancel')}
        </Button>
        <Button color="red.9" loading={isBusy} disabled={!isReady} onClick={() => void confirm()}>
          {action}
        </Button>
      </Group>
    </Stack>
  );
}
