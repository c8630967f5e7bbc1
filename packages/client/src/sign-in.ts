import {
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client';

import { createBrowser } from './browser.ts';
import { type Client, createGraphClient } from './client.ts';
import { keepFresh, providerAt } from './tokens.ts';

interface Access {
  /** Where the product runs, for example `http://localhost:4000`. */
  readonly origin: string;
  /** What the tokens may allow, with spaces between; absent: all that programs usually need. */
  readonly scope?: string;
}

interface Credentials extends Access {
  readonly email: string;
  readonly password: string;
}

const REDIRECT_URI = 'http://127.0.0.1/callback';
const SCOPE =
  'openid profile account workspaces:write datasets:read datasets:write insights:read insights:write schema:read';

/** Signs a person in with e-mail and password, without a browser. @throws {Error} with what the sign-in page says. */
export const signIn = ({ email, password, ...access }: Credentials): Promise<Client> =>
  authorize(access, '', { email, password });

/** Makes an account and signs it in. @throws {Error} with what the sign-up page says. */
export const signUp = ({
  email,
  password,
  displayName,
  ...access
}: Credentials & { readonly displayName: string }): Promise<Client> =>
  authorize(access, '/sign-up', { displayName, email, password });

/**
 * Walks through the authorization code flow with PKCE as a browser would: follows the redirects, fills in the form, and
 * catches the redirect back to the program. A program with a person in front of it opens a browser instead.
 */
async function authorize(
  { origin, scope = SCOPE }: Access,
  page: string,
  form: Readonly<Record<string, string>>,
): Promise<Client> {
  const provider = providerAt(origin);
  const pkceCodeVerifier = randomPKCECodeVerifier();
  const expectedState = randomState();
  const start = buildAuthorizationUrl(provider, {
    redirect_uri: REDIRECT_URI,
    scope,
    resource: `${origin}/graphql`,
    state: expectedState,
    code_challenge: await calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
  });
  const browser = createBrowser({ stopAt: ({ href }) => href.startsWith(REDIRECT_URI) });
  const shown = await browser.visit(start);
  const signedIn = await browser.visit(new URL(`${shown.url.pathname}${page}`, origin), form);
  const consent = /action="([^"]+\/consent)"/.exec(signedIn.body)?.[1];
  const { url, body } = consent
    ? await browser.visit(new URL(consent, origin), { answer: 'allow' })
    : signedIn;
  if (!url.href.startsWith(REDIRECT_URI)) {
    throw new Error(
      /role="alert"[^>]*>([^<]*)</.exec(body)?.[1]?.trim() ??
        'The provider did not send the program back.',
    );
  }
  const tokens = await authorizationCodeGrant(provider, url, { expectedState, pkceCodeVerifier });
  return createGraphClient(origin, keepFresh(provider, tokens));
}
