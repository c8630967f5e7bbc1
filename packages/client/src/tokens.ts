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

const deadlineOf = ({ expires_in = 60 }: TokenEndpointResponse): number =>
  Date.now() + expires_in * 1000 - MARGIN_MILLISECONDS;

/** Hands out an access token that lives for some seconds more. */
export interface FreshTokens {
  /** Of all scopes that were granted; refreshed once for all who wait. */
  readonly accessToken: () => Promise<string>;
  /** A new one of some of them only, as OAuth writes them: with spaces between. */
  readonly narrowToken: (scope: string) => Promise<string>;
}

export function keepFresh(provider: Configuration, first: TokenEndpointResponse): FreshTokens {
  let token = first.access_token;
  let refreshToken = first.refresh_token;
  let deadline = deadlineOf(first);
  let renewal: Promise<string> | undefined;
  let turn: Promise<unknown> = Promise.resolve();

  /** One after the other: each gives the refresh token of the next. */
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
      // Also after a failure, which may pass: the next who asks tries again.
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
