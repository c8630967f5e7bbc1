/** To ask what the graph is: introspection, and suggestions in errors. Every operation works without. */
export const SCHEMA_SCOPE = 'schema:read';

/** What an access token may allow, and any OAuth client may ask for. */
export const SCOPES = [
  'profile',
  'workspaces:write',
  'datasets:read',
  'datasets:write',
  'insights:read',
  'insights:write',
  SCHEMA_SCOPE,
] as const;

/** To manage the account itself: sign-in methods, sessions, tokens, grants, clients. For first-party clients only. */
export const ACCOUNT_SCOPE = 'account';

export type Scope = (typeof SCOPES)[number] | typeof ACCOUNT_SCOPE;

/** Of which a token needs one to see any workspace: to sign somebody in, a program need not know where they work. */
export const WORKSPACE_SCOPES: readonly Scope[] = [
  'workspaces:write',
  'datasets:read',
  'datasets:write',
  'insights:read',
  'insights:write',
];
