import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';

import { EmptyState } from './empty-state.tsx';
import { AlertIcon } from './icons.tsx';

/** Replaces a page that failed to load or to render. */
export function BrokenPage() {
  const { t } = useTranslation();
  return (
    <EmptyState
      icon={<AlertIcon size={36} />}
      title={t('ui.broken.title')}
      text={t('ui.broken.text')}
      action={<Button onClick={() => window.location.reload()}>{t('ui.broken.reload')}</Button>}
    />
  );
}
