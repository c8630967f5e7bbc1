import type { AccessToken, ClientCredentials, UnknownObject } from 'oidc-provider';

import { ownerOf } from '../oauth-clients/client-metadata.ts';

/**
 * Claims of our own on access tokens, by which each request is checked (token-liveness.ts): `gid`, the grant that the token
 * is from; `owner`, who registered the client that acts alone. What an exchange has set (`pat`) stays.
 */
export function tokenClaims(_ctx: unknown, token: AccessToken | ClientCredentials): UnknownObject {
  const owner = token.kind === 'ClientCredentials' ? ownerOf(token.client) : undefined;
  const grantId = 'grantId' in token ? token.grantId : undefined;
  return { ...token.extra, ...(grantId && { gid: grantId }), ...(owner && { owner }) };
}
