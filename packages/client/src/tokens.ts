import {
  allowInsecureRequests,
  Configuration,
  None,
  refreshTokenGrant,
  type TokenEndpointResponse,
} from 'openid-client';

/** The public client that any program may use to sign a person in. */
export const CLIENT_ID = 'affluent-cli';

/** The provider's addresses at one origin. Asked for once; they are part of the product's contract. */
export function providerAt(origin: string): Configuration {
  const issuer = `${origin}/oidc`;
  const provider = new Configuration(
    {
      issuer,
      authorization_endpoint: `${issuer}/auth`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/jwks`,
      authorization_response_iss_parameter_supported: true,
    },
    CLIENT_ID,
    { id_token_signed_response_alg: 'ES256' },
    None(),
  );
  if (origin.startsWith('http:')) allowInsecureRequests(provider);
  return provider;
}

const MARGIN_MILLISECONDS = 20_000;

/** Hands out an access token that lives for some seconds more, refreshing it once for all who wait. */
export function keepFresh(
  provider: Configuration,
  first: TokenEndpointResponse,
): () => Promise<string> {
  const deadline = ({ expires_in = 60 }: TokenEndpointResponse) =>
    Date.now() + expires_in * 1000 - MARGIN_MILLISECONDS;
  let current = {
    token: Promise.resolve(first.access_token),
    refreshToken: first.refresh_token,
    until: deadline(first),
  };
  return () => {
    const { refreshToken, until } = current;
    if (until > Date.now() || !refreshToken) return current.token;
    const renewed = refreshTokenGrant(provider, refreshToken);
    const token = renewed.then((tokens) => {
      current = {
        token,
        refreshToken: tokens.refresh_token ?? refreshToken,
        until: deadline(tokens),
      };
      return tokens.access_token;
    });
    current = { token, refreshToken, until: Number.POSITIVE_INFINITY };
    return token;
  };
}
