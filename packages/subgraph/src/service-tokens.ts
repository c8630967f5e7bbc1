import { SERVICE_SCOPE, UnavailableError } from '@affluent/service';

interface ServiceTokensOptions {
  /** Where the users subgraph listens, whose OpenID provider issues the tokens. */
  readonly usersUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/**
 * An access token with which this service calls others on its own behalf.
 * @throws {UnavailableError} when none can be had.
 */
export type GetServiceToken = () => Promise<string>;

interface TokenAnswer {
  readonly access_token: string;
  /** In seconds. */
  readonly expires_in: number;
}

const TIMEOUT_MILLISECONDS = 5_000;
/** A request must not start with a token that is about to expire. */
const MARGIN_MILLISECONDS = 30_000;

/** Fetches tokens by the client credentials grant (RFC 6749, 4.4) and keeps each until shortly before it expires. */
export function createServiceTokens(options: ServiceTokensOptions): GetServiceToken {
  let token: Promise<string> | undefined;
  let expiresAt = 0;
  return () => {
    if (token && Date.now() < expiresAt) return token;
    expiresAt = Infinity;
    const fetched = fetchToken(options).then(
      ({ access_token, expires_in }) => {
        expiresAt = Date.now() + expires_in * 1000 - MARGIN_MILLISECONDS;
        return access_token;
      },
      (cause: unknown) => {
        token = undefined;
        throw new UnavailableError('No service token was issued.', { cause });
      },
    );
    token = fetched;
    return fetched;
  };
}

async function fetchToken({
  usersUrl,
  clientId,
  clientSecret,
}: ServiceTokensOptions): Promise<TokenAnswer> {
  const credentials = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
  const response = await fetch(`${usersUrl}/oidc/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${credentials}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', scope: SERVICE_SCOPE }),
    signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
  });
  if (!response.ok) throw new Error(`The identity provider answered with ${response.status}.`);
  return (await response.json()) as TokenAnswer;
}
