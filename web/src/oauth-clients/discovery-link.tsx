import { Anchor } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** Links to the OpenID Connect discovery document, from which most OAuth libraries configure themselves. */
export function DiscoveryLink() {
  const { t } = useTranslation();
  return (
    <Anchor href="/oidc/.well-known/openid-configuration" target="_blank" size="sm">
      {t('oauthClients.discovery')}
    </Anchor>
  );
}
