import { createHash } from 'node:crypto';

import { createBrowser } from '@affluent/client/testing';

interface TestBrowser {
  readonly language?: string;
  /** Network address that the gateway would tell. */
  readonly address?: string;
}

/** A browser that follows redirects as far as the provider's own pages go. Returns its `visit`. */
export const openBrowser = ({ language = 'en', address }: TestBrowser = {}) =>
  createBrowser({
    language,
    headers: address === undefined ? {} : { 'x-forwarded-for': address },
    stopAt: ({ pathname }) => !pathname.startsWith('/oidc/'),
  }).visit;

/** Of the codes that the tests ask for. */
export const VERIFIER = 'a-verifier-that-is-as-long-as-RFC-7636-wants-it';

/** An authorization request of the program `affluent-cli`, with changes; undefined leaves a parameter out. */
export function authorizationUrl(
  origin: string,
  changes: Readonly<Record<string, string | undefined>> = {},
): URL {
  const url = new URL(`${origin}/oidc/auth`);
  const parameters = {
    client_id: 'affluent-cli',
    redirect_uri: 'http://127.0.0.1/callback',
    response_type: 'code',
    scope: 'openid',
    code_challenge: createHash('sha256').update(VERIFIER).digest('base64url'),
    code_challenge_method: 'S256',
    ...changes,
  };
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) url.searchParams.set(name, value);
  }
  return url;
}
