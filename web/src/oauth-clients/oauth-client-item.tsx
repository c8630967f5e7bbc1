import { Badge, Button, Code, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

import { OAuthClientType, type RegisteredClientFragment } from '../generated/graphql.ts';
import { ClientLogo } from '../grants/client-logo.tsx';
import { useFormat } from '../i18n/use-format.ts';
import { ScopeList } from '../scopes/scope-list.tsx';
import { Item } from '../ui/item-list.tsx';

interface OAuthClientItemProps {
  readonly client: RegisteredClientFragment;
  readonly onEdit: () => void;
  readonly onRotate: () => void;
  readonly onDelete: () => void;
}

export function OAuthClientItem({ client, onEdit, onRotate, onDelete }: OAuthClientItemProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { clientId, name, type, redirectUris, logoPath, scopes, createdAt } = client;
  return (
    <Item
      icon={<ClientLogo name={name} path={logoPath} />}
      title={name}
      badge={
        <Badge variant="default" radius="sm" tt="none" fw={500}>
          {t(`oauthClients.types.${type}`)}
        </Badge>
      }
      facts={t('oauthClients.registered', { date: format.date(createdAt) })}
      actions={
        <>
          <Button
            variant="default"
            size="xs"
            aria-label={t('oauthClients.editOne', { name })}
            onClick={onEdit}
          >
            {t('oauthClients.edit')}
          </Button>
          {type === OAuthClientType.CONFIDENTIAL && (
            <Button
              variant="default"
              size="xs"
              aria-label={t('oauthClients.rotateOne', { name })}
              onClick={onRotate}
            >
              {t('oauthClients.rotate')}
            </Button>
          )}
          <Button
            variant="default"
            size="xs"
            aria-label={t('oauthClients.deleteOne', { name })}
            onClick={onDelete}
          >
            {t('oauthClients.delete')}
          </Button>
        </>
      }
    >
      <Text size="sm" className="wrap-anywhere">
        {t('oauthClients.clientId')} <Code>{clientId}</Code>
      </Text>
      {redirectUris.map((uri) => (
        <Text key={uri} size="sm" c="dimmed" className="wrap-anywhere">
          {uri}
        </Text>
      ))}
      <ScopeList lead={t('oauthClients.scopes')} scopes={scopes} />
    </Item>
  );
}
