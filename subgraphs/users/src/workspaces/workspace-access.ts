import { identityOf } from '@affluent/subgraph';

import type { Context } from '../context.ts';
import { Membership } from './membership.ts';

const UUID = /^[\da-f]{8}-([\da-f]{4}-){3}[\da-f]{12}$/i;

/** Whether a text can be an id of ours at all; what cannot is not found, without asking the database. */
export const isUuid = (id: string): boolean => UUID.test(id);

/** The ids of the workspaces that the caller is a member of. */
export async function workspacesOf(context: Context): Promise<readonly string[]> {
  const { userId } = identityOf(context);
  const memberships = await context.em.find(Membership, { user: userId });
  return memberships.map(({ workspace }) => workspace.id);
}
