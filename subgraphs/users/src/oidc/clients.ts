import type { ClientMetadata } from 'oidc-provider';

/** What a token for the graph may allow (graph.graphql's scopes). */
export const GRAPH_SCOPES = [
  'profile',
  'workspaces:write',
  'datasets:read',
  'datasets:write',
  'insights:read',
  'insights:write',
] as const;

/**
 * The web client, which people need not allow to do what they came for. Programs are asked about each time: any of
 * them on a person's machine could present itself as `affluent-cli` (RFC 8252, 8.6).
 */
export const WEB_CLIENT = 'affluent-web';

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
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    token_endpoint_auth_method: 'client_secret_basic',
  },
  {
    client_id: 'affluent-cli',
    client_name: 'Affluent CLI',
    application_type: 'native',
    // RFC 8252, 7.3: a native client's loopback address holds for any port.
    redirect_uris: ['http://127.0.0.1/callback'],
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    token_endpoint_auth_method: 'none',
  },
];
