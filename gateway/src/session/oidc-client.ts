import { issuerOf } from '@affluent/service';
import { allowInsecureRequests, ClientSecretBasic, Configuration } from 'openid-client';

interface OidcClientOptions {
  readonly publicUrl: string;
  readonly usersUrl: string;
  readonly clientSecret: string;
}

/** The scopes of a browser's session: everything that the web client can do. */
export const SESSION_SCOPE =
  'openid offline_access profile account workspaces:write datasets:read datasets:write insights:read insights:write schema:read';

/**
 * The gateway as an OAuth client of our own provider. Browsers use the public URLs; the gateway itself calls the users subgraph
 * directly, so that it need not reach its own public URL.
 */
export function createOidcClient({
  publicUrl,
  usersUrl,
  clientSecret,
}: OidcClientOptions): Configuration {
  const issuer = issuerOf(publicUrl);
  const client = new Configuration(
    {
      issuer,
      authorization_endpoint: `${issuer}/auth`,
      end_session_endpoint: `${issuer}/session/end`,
      token_endpoint: `${usersUrl}/oidc/token`,
      revocation_endpoint: `${usersUrl}/oidc/token/revocation`,
      jwks_uri: `${usersUrl}/oidc/jwks`,
      authorization_response_iss_parameter_supported: true,
    },
    'affluent-web',
    { id_token_signed_response_alg: 'ES256' },
    ClientSecretBasic(clientSecret),
  );
  // Services call each other over HTTP; networks that are not trusted must add TLS.
  allowInsecureRequests(client);
  return client;
}
