import type { Scope } from '@affluent/service';

/** Of which a token needs one to see any workspace: to sign somebody in, a program need not know where they work. */
export const WORKSPACE_SCOPES: readonly Scope[] = [
  'workspaces:write',
  'datasets:read',
  'datasets:write',
  'insights:read',
  'insights:write',
];
