import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';

import { ImportStatus } from '../generated/graphql.ts';

const COLORS = {
  [ImportStatus.QUEUED]: 'gray',
  [ImportStatus.RUNNING]: 'blue',
  [ImportStatus.SUCCEEDED]: 'teal',
  [ImportStatus.FAILED]: 'red',
  [ImportStatus.CANCELLED]: 'orange',
} as const;

export function ImportStatusBadge({ status }: { readonly status: ImportStatus }) {
  const { t } = useTranslation();
  return (
    <Badge
      variant="dot"
      color={COLORS[status]}
      tt="none"
      miw="max-content"
      data-testid="import-status"
    >
      {t(`importStatus.${status}`)}
    </Badge>
  );
}
