/** Allows introspection, and suggestions in errors. No operation needs it. */
export const SCHEMA_SCOPE = 'schema:read';

/** The scopes of access tokens that any OAuth client may request. */
export const SCOPES = [
  'profile',
  'workspaces:write',
  'datasets:read',
  'datasets:write',
  'insights:read',
  'insights:write',
  SCHEMA_SCOPE,
] as const;

/** Allows account management: sign-in methods, sessions, tokens, grants, clients. Only first-party clients get it. */
export const ACCOUNT_SCOPE = 'account';

export type Scope = (typeof SCOPES)[number] | typeof ACCOUNT_SCOPE;

/** A token needs one of these to see any workspace: a program that only signs people in need not know their workspaces. */
export const WORKSPACE_SCOPES: readonly Scope[] = [
  'workspaces:write',
  'datasets:read',
  'datasets:write',
  'insights:read',
  'insights:write',
];
