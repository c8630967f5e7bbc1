import { initiateDeviceAuthorization, pollDeviceAuthorizationGrant } from 'openid-client';

import { type Client, createGraphClient } from './client.ts';
import { DEFAULT_SCOPE, keepFresh, providerAt } from './tokens.ts';

interface DeviceSignIn {
  /** Where the product runs, for example `http://localhost:4000`. */
  readonly origin: string;
  /** Scopes that the tokens may have, separated by spaces; absent: all that programs usually need. */
  readonly scope?: string;
  /** Shows the person the page to open in a browser, and the code that the page asks for. */
  readonly show: (instructions: { readonly url: string; readonly code: string }) => void;
  /** Stops waiting for the person. */
  readonly signal?: AbortSignal;
}

/**
 * Signs a person in by a browser on any device (device authorization grant, RFC 8628). Resolves once they have allowed it.
 * @throws {Error} when they refuse or the code expires.
 */
export async function signInWithDevice({
  origin,
  scope = DEFAULT_SCOPE,
  show,
  signal,
}: DeviceSignIn): Promise<Client> {
  const provider = providerAt(origin);
  const device = await initiateDeviceAuthorization(provider, {
    scope,
    resource: `${origin}/graphql`,
  });
  const {
    verification_uri: page,
    verification_uri_complete: link = page,
    user_code: code,
  } = device;
  show({ url: link, code });
  const tokens = await pollDeviceAuthorizationGrant(
    provider,
    device,
    undefined,
    signal && { signal },
  );
  return createGraphClient(origin, keepFresh(provider, tokens));
}
