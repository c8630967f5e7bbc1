import { identityOf, isUuid } from '@affluent/subgraph';

import type { Context } from '../context.ts';
import { Chart } from './chart.ts';

/** A chart, or null when it does not exist or the caller is not a member of its workspace. */
export async function findReadableChart(id: string, context: Context): Promise<Chart | null> {
  identityOf(context);
  if (!isUuid(id)) return null;
  const workspaces = [...(await context.memberships.all()).keys()];
  return context.em.findOne(Chart, { id, workspaceId: { $in: workspaces } });
}

/** The charts of datasets that the caller may read, oldest first. */
export async function findReadableCharts(
  datasetIds: readonly string[],
  context: Context,
): Promise<Chart[]> {
  identityOf(context);
  const workspaces = [...(await context.memberships.all()).keys()];
  return context.em.find(
    Chart,
    {
      datasetId: { $in: datasetIds.filter(isUuid) },
      workspaceId: { $in: workspaces },
    },
    { orderBy: { createdAt: 'asc', id: 'asc' } },
  );
}
