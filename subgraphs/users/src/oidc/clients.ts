import { ACCOUNT_SCOPE, SCOPES } from '@affluent/service';
import type { Client, ClientMetadata } from 'oidc-provider';

import { CLI_CLIENT, isFirstParty, WEB_CLIENT } from '../oauth-clients/first-party.ts';
import { DEVICE_CODE, TOKEN_EXCHANGE } from '../oauth-clients/grant-types.ts';

/**
 * The scopes that a client's tokens for the graph may have. Only our own clients may manage the account. Other clients get
 * the scopes that they are registered with now, even if a person has allowed them more before.
 */
export function graphScopesFor({
  clientId,
  scope,
}: Pick<Client, 'clientId' | 'scope'>): readonly string[] {
  if (isFirstParty(clientId)) return [...SCOPES, ACCOUNT_SCOPE];
  const own = new Set(scope?.split(' '));
  return SCOPES.filter((name) => own.has(name));
}

interface ClientOptions {
  readonly publicUrl: string;
  readonly gatewayClientSecret: string;
}

export const firstPartyClients = ({
  publicUrl,
  gatewayClientSecret,
}: ClientOptions): ClientMetadata[] => [
  {
    client_id: WEB_CLIENT,
    client_name: 'Affluent',
    client_secret: gatewayClientSecret,
    redirect_uris: [`${publicUrl}/session/callback`],
    post_logout_redirect_uris: [`${publicUrl}/`],
    grant_types: ['authorization_code', 'refresh_token', TOKEN_EXCHANGE],
    response_types: ['code'],
    token_endpoint_auth_method: 'client_secret_basic',
  },
  {
    client_id: CLI_CLIENT,
    client_name: 'Affluent CLI',
    application_type: 'native',
    // RFC 8252, 7.3: a native client's loopback address holds for any port.
    redirect_uris: ['http://127.0.0.1/callback'],
    grant_types: ['authorization_code', 'refresh_token', DEVICE_CODE],
    response_types: ['code'],
    token_endpoint_auth_method: 'none',
  },
];
