import {
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client';

import { type Client, createGraphClient } from '../client.ts';
import { DEFAULT_SCOPE, keepFresh, providerAt } from '../tokens.ts';
import { createBrowser } from './browser.ts';

interface Access {
  /** Where the product runs, for example `http://localhost:4000`. */
  readonly origin: string;
  /** Scopes that the tokens may have, separated by spaces; absent: all that programs usually need. */
  readonly scope?: string;
}

interface Credentials extends Access {
  readonly email: string;
  readonly password: string;
}

const REDIRECT_URI = 'http://127.0.0.1/callback';

/** Signs a person in with e-mail and password. @throws {Error} with the message of the sign-in page. */
export const signIn = ({ email, password, ...access }: Credentials): Promise<Client> =>
  authorize(access, '', { email, password });

/** Creates an account and signs it in. @throws {Error} with the message of the sign-up page. */
export const signUp = ({
  email,
  password,
  displayName,
  ...access
}: Credentials & { readonly displayName: string }): Promise<Client> =>
  authorize(access, '/sign-up', { displayName, email, password });

/**
 * Completes the authorization code flow with PKCE in place of a person: follows the redirects, submits the HTML forms, and
 * stops at the redirect back to the program. Real programs use `signInWithDevice`, or open a browser.
 */
async function authorize(
  { origin, scope = DEFAULT_SCOPE }: Access,
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
        'The identity provider did not redirect back to the program.',
    );
  }
  const tokens = await authorizationCodeGrant(provider, url, { expectedState, pkceCodeVerifier });
  return createGraphClient(origin, keepFresh(provider, tokens));
}
