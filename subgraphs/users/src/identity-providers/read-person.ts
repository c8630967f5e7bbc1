import { findNameProblem, normalizeName } from '@affluent/subgraph';
import { authorizationCodeGrant, type Configuration, fetchUserInfo } from 'openid-client';
import { z } from 'zod';

import { MAX_DISPLAY_NAME } from '../users/display-name.ts';
import { isEmail } from '../users/email-address.ts';
import type { OutsideFlow } from './outside-flow.ts';
import type { OutsidePerson } from './outside-outcome.ts';
import type { OutsideProvider } from './outside-providers.ts';

/** PostgreSQL has no text with a NUL in it. */
const text = z.string().regex(/^[^\0]*$/);

const claims = z.object({
  sub: text.min(1).max(255),
  email: text.refine(isEmail).optional().catch(undefined),
  // Some providers send a string.
  email_verified: z
    .union([z.literal(true), z.literal('true')])
    .optional()
    .catch(undefined),
  name: text
    .transform(normalizeName)
    .refine((name) => !findNameProblem(name, MAX_DISPLAY_NAME))
    .optional()
    .catch(undefined),
});

/**
 * Redeems the callback URL for the person at the provider.
 * @throws whatever openid-client finds wrong: state, nonce, PKCE, signature, or a refusal.
 */
export async function readPerson(
  outside: OutsideProvider,
  configuration: Configuration,
  { url, flow }: { readonly url: URL; readonly flow: OutsideFlow },
): Promise<OutsidePerson> {
  const tokens = await authorizationCodeGrant(configuration, url, {
    expectedState: flow.state,
    expectedNonce: flow.nonceSent,
    pkceCodeVerifier: flow.codeVerifier,
    idTokenExpected: true,
  });
  const idToken = claims.parse(tokens.claims());
  const canAskMore = configuration.serverMetadata().userinfo_endpoint !== undefined;
  const person =
    idToken.email === undefined && canAskMore
      ? claims.parse(await fetchUserInfo(configuration, tokens.access_token, idToken.sub))
      : idToken;
  return {
    provider: outside.id,
    subject: idToken.sub,
    email: person.email ?? null,
    emailVerified: person.email_verified !== undefined,
    displayName: person.name ?? null,
  };
}
