import { identityOf } from '@affluent/subgraph';

import type { Context } from '../context.ts';
import { Chart } from './chart.ts';

const UUID = /^[\da-f]{8}-([\da-f]{4}-){3}[\da-f]{12}$/i;

/** A chart, if the caller is a member of its workspace; null otherwise, as if there were none. */
export async function findReadableChart(id: string, context: Context): Promise<Chart | null> {
  identityOf(context);
  if (!UUID.test(id)) return null;
  const workspaces = [...(await context.memberships.all()).keys()];
  return context.em.findOne(Chart, { id, workspaceId: { $in: workspaces } });
}

/** The charts of some datasets that the caller may see, oldest first. */
export async function findReadableCharts(
  datasetIds: readonly string[],
  context: Context,
): Promise<Chart[]> {
  identityOf(context);
  const workspaces = [...(await context.memberships.all()).keys()];
  return context.em.find(
    Chart,
    {
      datasetId: { $in: datasetIds.filter((id) => UUID.test(id)) },
      workspaceId: { $in: workspaces },
    },
    { orderBy: { createdAt: 'asc', id: 'asc' } },
  );
}
