import { Anchor } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** To what the identity provider says about itself, which most OAuth libraries start from. */
export function DiscoveryLink() {
  const { t } = useTranslation();
  return (
    <Anchor href="/oidc/.well-known/openid-configuration" target="_blank" size="sm">
      {t('oauthClients.discovery')}
    </Anchor>
  );
}
