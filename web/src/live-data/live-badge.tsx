import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** Shows whether the page is connected to live updates. */
export function LiveBadge({ isLive }: { readonly isLive: boolean }) {
  const { t } = useTranslation();
  return (
    <Badge
      component="output"
      variant="dot"
      color={isLive ? 'teal' : 'orange'}
      tt="none"
      miw="max-content"
      data-testid="live-state"
    >
      {t(isLive ? 'charts.live' : 'charts.reconnecting')}
    </Badge>
  );
}
