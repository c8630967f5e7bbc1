import type { AccessToken, ClientCredentials, UnknownObject } from 'oidc-provider';

import { ownerOf } from '../oauth-clients/client-metadata.ts';
import { serviceOf } from './clients.ts';

/**
 * Our own claims on access tokens, by which each request is checked (token-liveness.ts): `gid`, the grant that the token
 * is from; of a client that acts alone either `owner`, the person who registered it, or `service`, the name of our own
 * service. Claims that an exchange has set (`pat`) stay.
 */
export function tokenClaims(_ctx: unknown, token: AccessToken | ClientCredentials): UnknownObject {
  const client = token.kind === 'ClientCredentials' ? token.client : undefined;
  const owner = ownerOf(client);
  const service = client && serviceOf(client.clientId);
  const grantId = 'grantId' in token ? token.grantId : undefined;
  return {
    ...token.extra,
    ...(grantId && { gid: grantId }),
    ...(owner && { owner }),
    ...(service && { service }),
  };
}
