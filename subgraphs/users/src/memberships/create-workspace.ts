import type { EntityManager } from '@mikro-orm/postgresql';

import type { User } from '../users/user.ts';
import { Membership, WorkspaceRole } from './membership.ts';
import { Workspace } from './workspace.ts';

/** Adds a workspace owned by a user to the unit of work. */
export function createOwnedWorkspace(em: EntityManager, user: User, name: string): Workspace {
  const createdAt = new Date();
  const workspace = em.create(Workspace, { id: crypto.randomUUID(), name, createdAt });
  em.create(Membership, { user, workspace, role: WorkspaceRole.OWNER, createdAt });
  return workspace;
}
