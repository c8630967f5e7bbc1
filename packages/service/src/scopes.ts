/** For introspection, and for suggestions in errors. Every operation works without it. */
export const SCHEMA_SCOPE = 'schema:read';

/** The scopes that any OAuth client may request. */
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

/** For calls between our own services. No person, personal access token or other OAuth client can get it. */
export const SERVICE_SCOPE = 'service';

/** What a person can allow a client. */
export type Scope = (typeof SCOPES)[number] | typeof ACCOUNT_SCOPE;

/** A token needs one of these to see any workspace: signing in alone does not reveal where a person works. */
export const WORKSPACE_SCOPES: readonly Scope[] = [
  'workspaces:write',
  'datasets:read',
  'datasets:write',
  'insights:read',
  'insights:write',
];
