import { authorizationUrl, openBrowser, VERIFIER } from './browser.ts';
import type { startUsersServer } from './users-server.ts';

type UsersServer = Awaited<ReturnType<typeof startUsersServer>>;

export interface Tokens {
  readonly access_token: string;
  readonly refresh_token: string;
  readonly id_token: string;
  readonly scope: string;
}

export interface GraphAnswer {
  readonly status: number;
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly { readonly extensions: { readonly code: string } }[];
}

const SCOPE = 'openid offline_access profile account datasets:read';

/** The users server as the gateway sees it: the web client's way to tokens, and the graph. */
export function asWebClient({ origin, config }: Pick<UsersServer, 'origin' | 'config'>) {
  const redirectUri = `${origin}/session/callback`;
  const credentials = Buffer.from(`affluent-web:${config.GATEWAY_CLIENT_SECRET}`);
  const authorization = `Basic ${credentials.toString('base64')}`;

  const post = (path: string, parameters: Record<string, string>): Promise<Response> =>
    fetch(`${origin}/oidc${path}`, {
      method: 'POST',
      headers: { authorization },
      body: new URLSearchParams(parameters),
    });
  const askTokens = async (parameters: Record<string, string>) => {
    const response = await post('/token', parameters);
    const tokens = (await response.json()) as Tokens & { readonly error?: string };
    return { status: response.status, tokens };
  };
  const start = (changes: Readonly<Record<string, string>> = {}): URL =>
    authorizationUrl(origin, {
      client_id: 'affluent-web',
      redirect_uri: redirectUri,
      scope: SCOPE,
      ...changes,
    });

  return {
    redirectUri,
    start,
    post,
    askTokens,
    refresh: ({ refresh_token }: Tokens, parameters: Readonly<Record<string, string>> = {}) =>
      askTokens({ grant_type: 'refresh_token', refresh_token, ...parameters }),
    /** Signs in, or with a display name up, in a browser of its own. */
    async signIn(
      account: Readonly<Record<string, string>>,
      { visit = openBrowser() }: { readonly visit?: ReturnType<typeof openBrowser> } = {},
    ) {
      const page = await visit(start());
      const path = account.displayName ? '/sign-up' : '';
      const { url } = await visit(`${page.url.href}${path}`, account);
      const { tokens } = await askTokens({
        grant_type: 'authorization_code',
        code: url.searchParams.get('code') ?? '',
        redirect_uri: redirectUri,
        code_verifier: VERIFIER,
      });
      return { visit, tokens };
    },
    async ask({ access_token }: Pick<Tokens, 'access_token'>, query: string): Promise<GraphAnswer> {
      const response = await fetch(`${origin}/graphql`, {
        method: 'POST',
        headers: { authorization: `Bearer ${access_token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ query }),
      });
      return { status: response.status, ...((await response.json()) as object) };
    },
  };
}
