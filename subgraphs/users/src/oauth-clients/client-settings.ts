import { SCOPES } from '@affluent/service';
import { DomainError, type ErrorReason } from '@affluent/subgraph';

import { OAuthClientType } from './oauth-client.ts';
import { findRedirectProblem, isHostName } from './redirect-uri.ts';

export interface ClientSettings {
  readonly name: string;
  readonly type: OAuthClientType;
  readonly redirectUris: readonly string[];
  readonly postLogoutRedirectUris: readonly string[];
  readonly logoUri: string | null;
  readonly scopes: readonly string[];
}

const MAX_URIS = 20;

/** People read it on the consent page: nothing in it hides, or turns the text around. */
const NAME = /^[^\p{Cc}\p{Cf}\p{Cs}\p{Co}]{1,80}$/u;

interface CheckedSettings extends ClientSettings {
  readonly redirectUris: string[];
  readonly postLogoutRedirectUris: string[];
  readonly scopes: string[];
}

/** The settings of a client as they are kept. @throws {DomainError} BAD_USER_INPUT with the first that is wrong. */
export function checkSettings(settings: ClientSettings): CheckedSettings {
  const { type, logoUri } = settings;
  const name = settings.name.trim();
  if (!NAME.test(name))
    throw badInput('CLIENT_NAME', 'The name of a client has 1 to 80 visible characters.');
  const redirectUris = checkUris(settings.redirectUris, type);
  if (redirectUris.length === 0 && type === OAuthClientType.PUBLIC) {
    throw badInput('REDIRECT_URI_MISSING', 'A public client needs a redirect URI.');
  }
  const postLogoutRedirectUris = checkUris(settings.postLogoutRedirectUris, type);
  if (logoUri !== null && !isLogo(logoUri)) {
    throw badInput(
      'LOGO_ADDRESS',
      'The logo has to be an https address of at most 2000 characters.',
    );
  }
  const scopes = checkScopes(settings.scopes);
  return { name, type, redirectUris, postLogoutRedirectUris, logoUri, scopes };
}

/**
 * Scopes that others than first-party clients may have, each once.
 * @throws {DomainError} BAD_USER_INPUT for any other, the scope of account management among them.
 */
export function checkScopes(scopes: readonly string[]): string[] {
  const known: ReadonlySet<string> = new Set(SCOPES);
  const unknown = scopes.find((scope) => !known.has(scope));
  if (unknown !== undefined) {
    throw badInput(
      'UNKNOWN_SCOPE',
      `There is no scope "${unknown}" to give; there are ${SCOPES.join(', ')}.`,
    );
  }
  return SCOPES.filter((scope) => scopes.includes(scope));
}

function checkUris(uris: readonly string[], type: OAuthClientType): string[] {
  if (uris.length > MAX_URIS)
    throw badInput('TOO_MANY_ADDRESSES', `A client has at most ${MAX_URIS} addresses.`);
  for (const uri of uris) {
    const problem = findRedirectProblem(uri, type);
    if (problem) throw badInput('REDIRECT_URI', `The address ${uri.slice(0, 200)} ${problem}.`);
  }
  return [...new Set(uris)];
}

function isLogo(uri: string): boolean {
  const url = uri.length <= 2000 && /^[!-~]+$/.test(uri) ? URL.parse(uri) : null;
  return url?.protocol === 'https:' && !url.username && !url.password && isHostName(url.hostname);
}

const badInput = (reason: ErrorReason, message: string): DomainError =>
  new DomainError('BAD_USER_INPUT', message, { reason });
