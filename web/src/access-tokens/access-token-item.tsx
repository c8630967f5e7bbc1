import { Badge, Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { AccessTokensQuery } from '../generated/graphql.ts';
import { useFormat } from '../i18n/use-format.ts';
import { ScopeList } from '../scopes/scope-list.tsx';
import { Item } from '../ui/item-list.tsx';

export type AccessToken = NonNullable<AccessTokensQuery['viewer']>['accessTokens'][number];

interface AccessTokenItemProps {
  readonly token: AccessToken;
  readonly onRevoke: () => void;
}

export function AccessTokenItem({ token, onRevoke }: AccessTokenItemProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { name, scopes, createdAt, expiresAt, lastUsedAt } = token;
  const [openedAt] = useState(() => Date.now());
  const dates = { created: format.date(createdAt), expires: format.date(expiresAt) };
  return (
    <Item
      title={name}
      badge={
        Date.parse(expiresAt) <= openedAt && (
          <Badge variant="light" color="red" tt="none">
            {t('accessTokens.expired')}
          </Badge>
        )
      }
      facts={
        lastUsedAt === null
          ? t('accessTokens.factsUnused', dates)
          : t('accessTokens.facts', { ...dates, used: format.minute(lastUsedAt) })
      }
      actions={
        <Button
          variant="default"
          size="xs"
          aria-label={t('accessTokens.revokeOne', { name })}
          onClick={onRevoke}
        >
          {t('accessTokens.revoke')}
        </Button>
      }
    >
      <ScopeList lead={t('accessTokens.scopes')} scopes={scopes} />
    </Item>
  );
}
