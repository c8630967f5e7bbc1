import { ACCOUNT_SCOPE, SCOPES } from '@affluent/service';
import type { Client, ClientMetadata } from 'oidc-provider';

import { TOKEN_EXCHANGE } from '../access-tokens/token-exchange.ts';

/**
 * What a token for the graph may allow, by who asks: the account itself is for clients of our own, and others get what
 * they have registered, whatever a person allowed them before their owner took it away.
 */
export function graphScopesFor({
  clientId,
  scope,
}: Pick<Client, 'clientId' | 'scope'>): readonly string[] {
  if (isFirstParty(clientId)) return [...SCOPES, ACCOUNT_SCOPE];
  const own = new Set(scope?.split(' '));
  return SCOPES.filter((name) => own.has(name));
}

/**
 * The web client, which people need not allow to do what they came for. Programs are asked about each time: any of
 * them on a person's machine could present itself as `affluent-cli` (RFC 8252, 8.6).
 */
export const WEB_CLIENT = 'affluent-web';
export const CLI_CLIENT = 'affluent-cli';

const FIRST_PARTY: ReadonlySet<string> = new Set([WEB_CLIENT, CLI_CLIENT]);

/** Whether it is ours: then its grants end with the session that they were given in. */
export const isFirstParty = (clientId: string): boolean => FIRST_PARTY.has(clientId);

export const DEVICE_CODE = 'urn:ietf:params:oauth:grant-type:device_code';

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
