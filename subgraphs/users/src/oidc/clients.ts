import { ACCOUNT_SCOPE, SCOPES, SERVICE_SCOPE } from '@affluent/service';
import type { Client, ClientMetadata } from 'oidc-provider';

import { CLI_CLIENT, isFirstParty, WEB_CLIENT } from '../oauth-clients/first-party.ts';
import { DEVICE_CODE, TOKEN_EXCHANGE } from '../oauth-clients/grant-types.ts';

/**
 * The scopes of the graph that a client can get. Only first-party clients can manage accounts, and only services get the
 * service scope. A registered client gets the scopes of its present registration, even where a person allowed more before.
 */
export function graphScopesFor({
  clientId,
  scope,
}: Pick<Client, 'clientId' | 'scope'>): readonly string[] {
  if (isFirstParty(clientId)) return [...SCOPES, ACCOUNT_SCOPE];
  if (serviceOf(clientId)) return [SERVICE_SCOPE];
  const own = new Set(scope?.split(' '));
  return SCOPES.filter((name) => own.has(name));
}

/** The services that get tokens of their own, by client id. */
const SERVICES: ReadonlyMap<string, ServiceName> = new Map([
  ['affluent-datasets', 'datasets'],
  ['affluent-insights', 'insights'],
]);

export type ServiceName = 'datasets' | 'insights';

/** The service that a client id belongs to; undefined for every other client. */
export const serviceOf = (clientId: string): ServiceName | undefined => SERVICES.get(clientId);

/** The secrets of our own confidential clients. */
export interface ClientSecrets extends Readonly<Record<ServiceName, string>> {
  readonly gateway: string;
}

interface ClientOptions {
  readonly publicUrl: string;
  readonly secrets: ClientSecrets;
}

/** The clients that are part of the product. Third parties register theirs through the graph. */
export const ownClients = ({ publicUrl, secrets }: ClientOptions): ClientMetadata[] => [
  {
    client_id: WEB_CLIENT,
    client_name: 'Affluent',
    client_secret: secrets.gateway,
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
  ...[...SERVICES].map(([client_id, service]) => ({
    client_id,
    client_secret: secrets[service],
    redirect_uris: [],
    response_types: [],
    grant_types: ['client_credentials'],
    token_endpoint_auth_method: 'client_secret_basic' as const,
  })),
];
