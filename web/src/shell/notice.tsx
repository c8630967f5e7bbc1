import { Alert } from '@mantine/core';
import { useTranslation } from 'react-i18next';

interface NoticeProps {
  readonly text: string;
  readonly onDismiss: () => void;
}

/** A message about a change made elsewhere, shown until it is dismissed. */
export function Notice({ text, onDismiss }: NoticeProps) {
  const { t } = useTranslation();
  return (
    <Alert
      color="yellow"
      radius={0}
      withCloseButton
      closeButtonLabel={t('notices.dismiss')}
      onClose={onDismiss}
      className="wrap-anywhere"
    >
      {text}
    </Alert>
  );
}
