import { SCOPES } from '@affluent/service';
import { DomainError, type ErrorReason, readName } from '@affluent/subgraph';

import { OAuthClientType } from './oauth-client.ts';
import { findRedirectProblem } from './redirect-uri.ts';

export interface ClientSettings {
  readonly name: string;
  readonly type: OAuthClientType;
  readonly redirectUris: readonly string[];
  readonly postLogoutRedirectUris: readonly string[];
  readonly logoUri: string | null;
  readonly scopes: readonly string[];
  /** Whether it may act by itself. */
  readonly clientCredentials: boolean;
}

const MAX_URIS = 20;

interface CheckedSettings extends ClientSettings {
  readonly redirectUris: string[];
  readonly postLogoutRedirectUris: string[];
  readonly scopes: string[];
}

/** The settings of a client as they are kept. @throws {DomainError} BAD_USER_INPUT with the first that is wrong. */
export function checkSettings(settings: ClientSettings): CheckedSettings {
  const { type, logoUri, clientCredentials } = settings;
  const name = readName(settings.name, {
    what: 'The name of a client',
    maxLength: 80,
    reason: 'CLIENT_NAME',
  });
  const redirectUris = checkUris(settings.redirectUris, type);
  if (clientCredentials && type === OAuthClientType.PUBLIC) {
    throw badInput(
      'CLIENT_WITHOUT_SECRET',
      'A public client cannot act by itself: it has no secret to prove itself with.',
    );
  }
  if (redirectUris.length === 0 && !clientCredentials) {
    throw badInput(
      'REDIRECT_URI_MISSING',
      'A client needs a redirect URI, unless it acts by itself (clientCredentials).',
    );
  }
  const postLogoutRedirectUris = checkUris(settings.postLogoutRedirectUris, type);
  const scopes = checkScopes(settings.scopes);
  return { name, type, redirectUris, postLogoutRedirectUris, logoUri, scopes, clientCredentials };
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

const badInput = (reason: ErrorReason, message: string): DomainError =>
  new DomainError('BAD_USER_INPUT', message, { reason });
