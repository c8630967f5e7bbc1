import { OAuthClientType, type RegisteredClientFragment } from '../generated/graphql.ts';

/** Values of the client form; URLs one per line. */
export interface ClientSettings {
  readonly name: string;
  readonly type: string;
  readonly redirectUris: string;
  readonly postLogoutRedirectUris: string;
  readonly logoUri: string;
  readonly scopes: string[];
  readonly clientCredentials: boolean;
}

export const EMPTY_SETTINGS: ClientSettings = {
  name: '',
  type: OAuthClientType.CONFIDENTIAL,
  redirectUris: '',
  postLogoutRedirectUris: '',
  logoUri: '',
  scopes: [],
  clientCredentials: false,
};

export function settingsOf(client: RegisteredClientFragment): ClientSettings {
  const { name, type, redirectUris, postLogoutRedirectUris, logoUri, scopes, clientCredentials } =
    client;
  return {
    name,
    type,
    redirectUris: redirectUris.join('\n'),
    postLogoutRedirectUris: postLogoutRedirectUris.join('\n'),
    logoUri: logoUri ?? '',
    scopes: [...scopes],
    clientCredentials,
  };
}

/** The input that registering and updating a client share. */
export function inputOf({
  name,
  type,
  redirectUris,
  postLogoutRedirectUris,
  logoUri,
  scopes,
  clientCredentials,
}: ClientSettings) {
  return {
    name: name.trim(),
    redirectUris: linesOf(redirectUris),
    postLogoutRedirectUris: linesOf(postLogoutRedirectUris),
    logoUri: logoUri.trim() || null,
    scopes,
    clientCredentials: clientCredentials && type === OAuthClientType.CONFIDENTIAL,
  };
}

export const typeOf = (value: string): OAuthClientType =>
  value === OAuthClientType.PUBLIC ? OAuthClientType.PUBLIC : OAuthClientType.CONFIDENTIAL;

export function linesOf(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** The first line that is not an absolute URL. The server checks the rest. */
export const findNoAddress = (text: string): string | undefined =>
  linesOf(text).find((line) => !URL.canParse(line));
