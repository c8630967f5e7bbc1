import {
  allowInsecureRequests,
  ClientSecretBasic,
  ClientSecretPost,
  Configuration,
  discovery,
  enableNonRepudiationChecks,
} from 'openid-client';

import { isLocalIssuer, type ProviderSettings } from './provider-settings.ts';

/** An outside identity provider that people can sign in with. */
export interface OutsideProvider {
  readonly id: string;
  readonly name: string;
  readonly scope: string;
  /**
   * Its metadata (OpenID Connect Discovery), cached for an hour.
   * @throws {OutsideDownError} when it is not reachable.
   */
  readonly discover: () => Promise<Configuration>;
}

export interface OutsideProviders {
  /** In the order of the setting. */
  readonly list: readonly OutsideProvider[];
  readonly find: (id: string | undefined) => OutsideProvider | undefined;
}

/** The provider cannot be reached, or its answers make no sense. */
export class OutsideDownError extends Error {
  override readonly name = 'OutsideDownError';
}

const TIMEOUT_SECONDS = 5;
const KEPT_MILLISECONDS = 3_600_000;

export function createOutsideProviders(settings: readonly ProviderSettings[]): OutsideProviders {
  const list = settings.map((one): OutsideProvider => {
    let known: { readonly until: number; readonly answer: Promise<Configuration> } | undefined;
    return {
      id: one.id,
      name: one.name,
      scope: one.scope,
      discover() {
        if (known && known.until > Date.now()) return known.answer;
        const answer = discover(one);
        known = { until: Date.now() + KEPT_MILLISECONDS, answer };
        answer.catch(() => (known = undefined));
        return answer;
      },
    };
  });
  const byId = new Map(list.map((one) => [one.id, one]));
  return { list, find: (id) => byId.get(id ?? '') };
}

async function discover(settings: ProviderSettings): Promise<Configuration> {
  const { issuer, clientId, clientSecret } = settings;
  const checks = [
    enableNonRepudiationChecks,
    ...(isLocalIssuer(issuer) ? [allowInsecureRequests] : []),
  ];
  try {
    const options = { execute: checks, timeout: TIMEOUT_SECONDS };
    const found = await discovery(new URL(issuer), clientId, clientSecret, undefined, options);
    const metadata = found.serverMetadata();
    // The default of OpenID Connect Discovery 1.0, 3.
    const methods = metadata.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    const isByHeader = methods.includes('client_secret_basic');
    const authenticate = (isByHeader ? ClientSecretBasic : ClientSecretPost)(clientSecret);
    const configuration = new Configuration(metadata, clientId, clientSecret, authenticate);
    for (const check of checks) check(configuration);
    configuration.timeout = TIMEOUT_SECONDS;
    return configuration;
  } catch (cause) {
    throw new OutsideDownError(`The identity provider ${settings.id} does not answer.`, { cause });
  }
}
