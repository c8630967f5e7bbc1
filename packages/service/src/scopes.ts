/** What an access token may allow, and any OAuth client may ask for. */
export const SCOPES = [
  'profile',
  'workspaces:write',
  'datasets:read',
  'datasets:write',
  'insights:read',
  'insights:write',
] as const;

/** To manage the account itself: sign-in methods, sessions, tokens, grants, clients. For first-party clients only. */
export const ACCOUNT_SCOPE = 'account';

export type Scope = (typeof SCOPES)[number] | typeof ACCOUNT_SCOPE;
