import { canEdit, type Memberships } from './memberships.ts';
import type { RowAccess } from './row-access.ts';

/**
 * Functions for policies: the ids of the workspaces that the caller may read, and may edit. An unset variable means none; a
 * malformed one is an error.
 */
export const WORKSPACE_FUNCTIONS: readonly string[] = ['readable', 'editable'].map(
  (kind) => `
    CREATE FUNCTION ${kind}_workspaces() RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE AS $$
      SELECT coalesce(nullif(current_setting('affluent.${kind}_workspaces', true), ''), '{}')::text[]
    $$`,
);

/** The session variables that those functions read. */
export function workspaceAccess(memberships: Memberships): RowAccess {
  const all = [...memberships];
  const list = (ids: readonly string[]): string => `{${ids.join(',')}}`;
  return {
    'affluent.readable_workspaces': list(all.map(([id]) => id)),
    'affluent.editable_workspaces': list(all.flatMap(([id, role]) => (canEdit(role) ? id : []))),
  };
}
