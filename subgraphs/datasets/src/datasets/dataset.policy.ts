import { DomainError, isUuid } from '@affluent/subgraph';

import type { Context } from '../context.ts';
import { assertCanEdit, canRead } from '../workspaces/workspace.policy.ts';
import { Dataset } from './dataset.ts';

/** The published dataset with this id; null if the caller cannot read it. */
export async function findDataset(context: Context, id: string): Promise<Dataset | null> {
  if (!isUuid(id)) return null;
  const dataset = await context.em.findOne(Dataset, { id, tableName: { $ne: null } });
  return dataset && (await canRead(context, dataset.workspaceId)) ? dataset : null;
}

/** @throws {DomainError} NOT_FOUND if the caller cannot read it. */
export async function getDataset(context: Context, id: string): Promise<Dataset> {
  const dataset = await findDataset(context, id);
  if (!dataset) throw new DomainError('NOT_FOUND', 'There is no such dataset.');
  return dataset;
}

/** @throws {DomainError} NOT_FOUND if the caller cannot read it, FORBIDDEN for a viewer. */
export async function getEditableDataset(context: Context, id: string): Promise<Dataset> {
  const dataset = await getDataset(context, id);
  await assertCanEdit(context, dataset.workspaceId);
  return dataset;
}
