import { Center, Loader } from '@mantine/core';
import { useTranslation } from 'react-i18next';

interface LoadingStateProps {
  readonly height?: number | string;
}

export function LoadingState({ height = 240 }: LoadingStateProps) {
  const { t } = useTranslation();
  return (
    <Center component="output" mih={height} aria-label={t('ui.loading')}>
      <Loader type="dots" />
    </Center>
  );
}
