import {
  allowInsecureRequests,
  Configuration,
  None,
  refreshTokenGrant,
  type TokenEndpointResponse,
} from 'openid-client';

/** The public OAuth client that any program may use to sign a person in. */
const CLIENT_ID = 'affluent-cli';

/** What programs usually need. */
export const DEFAULT_SCOPE =
  'openid profile account workspaces:write datasets:read datasets:write insights:read insights:write schema:read';

/** The identity provider's endpoints at an origin. They are part of the product's contract, so they are not discovered. */
export function providerAt(origin: string): Configuration {
  const issuer = `${origin}/oidc`;
  const provider = new Configuration(
    {
      issuer,
      authorization_endpoint: `${issuer}/auth`,
      device_authorization_endpoint: `${issuer}/device/auth`,
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

const deadlineOf = ({ expires_in = 60 }: TokenEndpointResponse): number =>
  Date.now() + expires_in * 1000 - MARGIN_MILLISECONDS;

/** Gives access tokens that are valid for at least some more seconds. */
export interface FreshTokens {
  /** For all granted scopes. Concurrent callers share one refresh. */
  readonly accessToken: () => Promise<string>;
  /** A new token for some of the granted scopes, separated by spaces. */
  readonly narrowToken: (scope: string) => Promise<string>;
}

export function keepFresh(provider: Configuration, first: TokenEndpointResponse): FreshTokens {
  let token = first.access_token;
  let refreshToken = first.refresh_token;
  let deadline = deadlineOf(first);
  let renewal: Promise<string> | undefined;
  let turn: Promise<unknown> = Promise.resolve();

  /** Sequential, because each answer contains the refresh token of the next request. */
  const refresh = (parameters?: Record<string, string>): Promise<TokenEndpointResponse> => {
    const answer = turn.then(async () => {
      const tokens = await refreshTokenGrant(provider, refreshToken ?? '', parameters);
      refreshToken = tokens.refresh_token ?? refreshToken;
      return tokens;
    });
    turn = answer.catch(() => {});
    return answer;
  };
  const renew = async (): Promise<string> => {
    try {
      const tokens = await refresh();
      token = tokens.access_token;
      deadline = deadlineOf(tokens);
      return token;
    } finally {
      // After a failure too, which may be temporary: the next caller tries again.
      renewal = undefined;
    }
  };

  return {
    accessToken: async () => {
      if (deadline > Date.now() || !refreshToken) return token;
      return (renewal ??= renew());
    },
    narrowToken: async (scope) => (await refresh({ scope })).access_token,
  };
}
