import {
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client';
import { CookieJar } from 'tough-cookie';

import { type Client, createGraphClient } from './client.ts';
import { keepFresh, providerAt } from './tokens.ts';

interface Credentials {
  /** Where the product runs, for example `http://localhost:4000`. */
  readonly origin: string;
  readonly email: string;
  readonly password: string;
}

const REDIRECT_URI = 'http://127.0.0.1/callback';
const SCOPE =
  'openid profile workspaces:write datasets:read datasets:write insights:read insights:write';
const MAX_REDIRECTS = 10;

/** Signs a person in with e-mail and password, without a browser. @throws {Error} with what the sign-in page says. */
export const signIn = ({ origin, email, password }: Credentials): Promise<Client> =>
  authorize(origin, '', { email, password });

/** Makes an account and signs it in. @throws {Error} with what the sign-up page says. */
export const signUp = ({
  origin,
  email,
  password,
  displayName,
}: Credentials & { readonly displayName: string }): Promise<Client> =>
  authorize(origin, '/sign-up', { displayName, email, password });

/**
 * Walks through the authorization code flow with PKCE as a browser would: follows the redirects, fills in the form, and
 * catches the redirect back to the program. A program with a person in front of it opens a browser instead.
 */
async function authorize(
  origin: string,
  page: string,
  form: Readonly<Record<string, string>>,
): Promise<Client> {
  const provider = providerAt(origin);
  const pkceCodeVerifier = randomPKCECodeVerifier();
  const expectedState = randomState();
  const start = buildAuthorizationUrl(provider, {
    redirect_uri: REDIRECT_URI,
    scope: SCOPE,
    resource: `${origin}/graphql`,
    state: expectedState,
    code_challenge: await calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
  });
  const browser = createBrowser();
  const shown = await browser.follow(start, {});
  if (shown.url.href.startsWith(REDIRECT_URI)) throw new Error('The provider refused the request.');
  const target = new URL(`${shown.url.pathname}${page}`, origin);
  const signedIn = await browser.follow(target, {
    method: 'POST',
    body: new URLSearchParams(form),
  });
  const consent = /action="([^"]+\/consent)"/.exec(signedIn.body)?.[1];
  const allow = { method: 'POST', body: new URLSearchParams({ answer: 'allow' }) };
  const { url, body } = consent ? await browser.follow(new URL(consent, origin), allow) : signedIn;
  if (!url.href.startsWith(REDIRECT_URI)) {
    const problem =
      /role="alert"[^>]*>([^<]*)</.exec(body)?.[1] ?? 'The provider did not send the program back.';
    throw new Error(problem);
  }
  const tokens = await authorizationCodeGrant(provider, url, { expectedState, pkceCodeVerifier });
  return createGraphClient(origin, keepFresh(provider, tokens));
}

function createBrowser() {
  const jar = new CookieJar();
  return {
    /** Follows redirects until a page is shown, or the program's own address is reached. */
    async follow(
      first: URL,
      request: RequestInit,
    ): Promise<{ readonly url: URL; readonly body: string }> {
      let url = first;
      let init = request;
      for (let step = 0; step < MAX_REDIRECTS; step++) {
        const headers = { cookie: await jar.getCookieString(url.href), 'accept-language': 'en' };
        const response = await fetch(url, { ...init, headers, redirect: 'manual' });
        for (const cookie of response.headers.getSetCookie()) await jar.setCookie(cookie, url.href);
        const location = response.headers.get('location');
        if (!location) return { url, body: await response.text() };
        url = new URL(location, url);
        if (url.href.startsWith(REDIRECT_URI)) return { url, body: '' };
        init = {};
      }
      throw new Error('Too many redirects.');
    },
  };
}
