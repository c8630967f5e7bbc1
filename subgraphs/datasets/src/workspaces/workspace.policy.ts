import { canEdit, DomainError } from '@affluent/subgraph';

import type { Context } from '../context.ts';

/** Whether the caller may read the workspace's content: every member may. */
export async function canRead(
  { memberships }: Pick<Context, 'memberships'>,
  workspaceId: string,
): Promise<boolean> {
  return (await memberships.roleIn(workspaceId)) !== undefined;
}

/** @throws {DomainError} NOT_FOUND unless the caller is a member. */
export async function assertCanRead(
  context: Pick<Context, 'memberships'>,
  workspaceId: string,
): Promise<void> {
  if (!(await canRead(context, workspaceId))) {
    throw new DomainError('NOT_FOUND', 'There is no such workspace.');
  }
}

/**
 * @param since - the role must be read after this time (`performance.now()`); by default after the request arrived.
 * @throws {DomainError} NOT_FOUND unless the caller is a member, FORBIDDEN for a viewer.
 */
export async function assertCanEdit(
  { memberships }: Pick<Context, 'memberships'>,
  workspaceId: string,
  since?: number,
): Promise<void> {
  const role = await memberships.roleToEdit(workspaceId, since);
  if (!role) throw new DomainError('NOT_FOUND', 'There is no such workspace.');
  if (!canEdit(role)) {
    throw new DomainError('FORBIDDEN', 'Only owners and editors of the workspace may do this.', {
      reason: 'EDITORS_ONLY',
    });
  }
}
