import { issuerOf } from '@affluent/service';
import { allowInsecureRequests, ClientSecretBasic, Configuration } from 'openid-client';

interface OidcClientOptions {
  readonly publicUrl: string;
  readonly usersUrl: string;
  readonly clientSecret: string;
}

/** What the gateway asks for in the name of a person at a browser: all that the web client can do. */
export const SESSION_SCOPE =
  'openid offline_access profile account workspaces:write datasets:read datasets:write insights:read insights:write schema:read';

/**
 * The gateway as an OAuth client of our own provider. The browser goes to the public addresses; the gateway itself
 * asks the users subgraph directly, so that it needs no way to its own front door.
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
  // Between services HTTP is the rule; a network that is not trusted puts TLS around it.
  allowInsecureRequests(client);
  return client;
}
