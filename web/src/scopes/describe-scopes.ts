import type { TFunction } from 'i18next';

const WORDS = {
  openid: 'scopes.openid',
  profile: 'scopes.profile',
  'workspaces:write': 'scopes.workspacesWrite',
  'datasets:read': 'scopes.datasetsRead',
  'datasets:write': 'scopes.datasetsWrite',
  'insights:read': 'scopes.insightsRead',
  'insights:write': 'scopes.insightsWrite',
  'schema:read': 'scopes.schemaRead',
  account: 'scopes.account',
  offline_access: 'scopes.offlineAccess',
} as const;

type KnownScope = keyof typeof WORDS;

/** Scopes that people can grant to programs, in display order. */
export const SCOPES = [
  'profile',
  'workspaces:write',
  'datasets:read',
  'datasets:write',
  'insights:read',
  'insights:write',
  'schema:read',
] as const satisfies readonly KnownScope[];

export const describeScope = (scope: KnownScope, t: TFunction): string => t(WORDS[scope]);

/** Describes scopes, each once and in a fixed order. Unknown scopes are returned unchanged. */
export function describeScopes(scopes: readonly string[], t: TFunction): readonly string[] {
  const given = new Set(scopes);
  const known = (Object.keys(WORDS) as KnownScope[]).filter((scope) => given.delete(scope));
  return [...known.map((scope) => describeScope(scope, t)), ...given];
}
