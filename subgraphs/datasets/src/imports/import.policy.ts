import { DomainError, isUuid } from '@affluent/subgraph';

import type { Context } from '../context.ts';
import { assertCanEdit, canRead } from '../workspaces/workspace.policy.ts';
import { Import } from './import.ts';

/** The import with this id; null if the caller cannot read it. */
export async function findImport(context: Context, id: string): Promise<Import | null> {
  if (!isUuid(id)) return null;
  const found = await context.em.findOne(Import, { id });
  return found && (await canRead(context, found.workspaceId)) ? found : null;
}

/** @throws {DomainError} NOT_FOUND if the caller cannot read it. */
export async function getImport(context: Context, id: string): Promise<Import> {
  const found = await findImport(context, id);
  if (!found) throw new DomainError('NOT_FOUND', 'There is no such import.');
  return found;
}

/** @throws {DomainError} NOT_FOUND if the caller cannot read it, FORBIDDEN for a viewer. */
export async function getEditableImport(context: Context, id: string): Promise<Import> {
  const found = await getImport(context, id);
  await assertCanEdit(context, found.workspaceId);
  return found;
}
