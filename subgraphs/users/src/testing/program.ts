import { openBrowser, authorizationUrl, VERIFIER } from './browser.ts';
import { PASSWORD, type Person } from './people.ts';

type Fields = Readonly<Record<string, string>>;
type Visit = ReturnType<typeof openBrowser>;

/** Of the token endpoint, and of introspection. */
interface ProgramAnswer {
  readonly status: number;
  readonly error?: string;
  readonly access_token: string;
  readonly refresh_token: string;
  readonly id_token?: string;
  readonly scope?: string;
  readonly active?: boolean;
}

export interface RegisteredClient {
  readonly id: string;
  readonly clientId: string;
  readonly name: string;
  readonly type: string;
  readonly redirectUris: readonly string[];
  readonly logoUri: string | null;
  readonly scopes: readonly string[];
}

interface Registration {
  readonly client: RegisteredClient;
  readonly clientSecret: string | null;
}

const REGISTER = `mutation ($input: RegisterOAuthClientInput!) { registerOAuthClient(input: $input) {
  client { id clientId name type redirectUris logoUri scopes } clientSecret } }`;

export const SETTINGS = {
  name: 'River watch',
  type: 'CONFIDENTIAL',
  redirectUris: ['https://watch.example.org/callback'],
  scopes: ['profile', 'datasets:read'],
};

/** Registers a client of a person, with {@link SETTINGS} with changes. @throws {GraphError} when it is refused. */
export async function register(
  { client }: Person,
  changes: Readonly<Record<string, unknown>> = {},
): Promise<Registration> {
  const input = { ...SETTINGS, ...changes };
  const { registerOAuthClient } = await client.query<{ registerOAuthClient: Registration }>(
    REGISTER,
    { input },
  );
  return registerOAuthClient;
}

interface Asking {
  /** The person's browser; absent, a new one. */
  readonly visit?: Visit;
  readonly scope?: string;
  readonly answer?: 'allow' | 'refuse';
}

/** A third-party program with its registration, as the identity provider meets it. */
export function createProgram(origin: string, { client, clientSecret }: Registration) {
  const { clientId } = client;
  const [redirectUri = ''] = client.redirectUris;
  const post = async (path: string, fields: Fields): Promise<ProgramAnswer> => {
    const basic = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
    const response = await fetch(`${origin}/oidc${path}`, {
      method: 'POST',
      headers: clientSecret === null ? {} : { authorization: `Basic ${basic}` },
      body: new URLSearchParams(
        clientSecret === null ? { client_id: clientId, ...fields } : fields,
      ),
    });
    return {
      status: response.status,
      ...((await response.json()) as Omit<ProgramAnswer, 'status'>),
    };
  };
  const start = (changes: Fields = {}): URL =>
    authorizationUrl(origin, {
      client_id: clientId,
      redirect_uri: redirectUri,
      scope: 'openid profile datasets:read',
      ...changes,
    });
  /** Leads a person through sign-in and consent. */
  const ask = async (
    { email }: Person,
    { visit = openBrowser(), scope, answer = 'allow' }: Asking = {},
  ) => {
    const first = await visit(start(scope === undefined ? {} : { scope }));
    const isSignIn = first.body.includes('<h1>Sign in</h1>');
    const page = isSignIn ? await visit(first.url, { email, password: PASSWORD }) : first;
    const action = /action="([^"]+\/consent)"/.exec(page.body)?.[1];
    const { url } = action ? await visit(new URL(action, origin), { answer }) : page;
    return {
      /** The page that asked; undefined when none did. */
      consent: action === undefined ? undefined : page.body,
      /** Where the program gets its answer. */
      url,
    };
  };
  const redeem = (url: URL, changes: Fields = {}): Promise<ProgramAnswer> =>
    post('/token', {
      grant_type: 'authorization_code',
      code: url.searchParams.get('code') ?? '',
      redirect_uri: redirectUri,
      code_verifier: VERIFIER,
      ...changes,
    });
  return {
    clientId,
    post,
    start,
    ask,
    redeem,
    /** The tokens that a person grants it. */
    getTokens: async (person: Person, asking?: Asking) => redeem((await ask(person, asking)).url),
    refresh: ({ refresh_token }: Pick<ProgramAnswer, 'refresh_token'>, changes: Fields = {}) =>
      post('/token', { grant_type: 'refresh_token', refresh_token, ...changes }),
    introspect: (token: string) => post('/token/introspection', { token }),
  };
}
