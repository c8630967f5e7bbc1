import type { Logger } from '@affluent/service';
import {
  createCallerMemberships,
  createMembershipReader,
  createServiceTokens,
  startJobs,
  startSubgraph,
  startWorkspaceSweep,
  workspaceAccess,
} from '@affluent/subgraph';

import { deleteCharts, listWorkspaces } from './charts/charts-of-workspace.ts';
import type { Config } from './config.ts';
import type { Context } from './context.ts';
import { connect } from './database.ts';
import { createDatasetFinder } from './datasets/find-dataset.ts';
import { buildInsightsSchema } from './schema.ts';

/** Starts the insights subgraph: its graph and its jobs. Disposing stops them in order. */
export async function startServer(config: Config, log: Logger) {
  const { USERS_URL: usersUrl, DATABASE_URL: databaseUrl } = config;
  const { schema } = await buildInsightsSchema();
  await using started = new AsyncDisposableStack();
  const orm = started.adopt(await connect(databaseUrl), (connected) => connected.close(true));
  const jobs = started.use(await startJobs({ databaseUrl, log }));
  await startWorkspaceSweep(jobs, {
    usersUrl,
    getServiceToken: createServiceTokens({
      usersUrl,
      clientId: 'affluent-insights',
      clientSecret: config.INSIGHTS_CLIENT_SECRET,
    }),
    em: orm.em,
    log,
    listWorkspaces,
    deleteBatch: deleteCharts,
  });
  const membershipReader = createMembershipReader({ usersUrl });
  const findDataset = createDatasetFinder({ datasetsUrl: config.DATASETS_URL });

  const server = await startSubgraph<Context>({
    log,
    host: config.HOST,
    port: config.PORT,
    publicUrl: config.PUBLIC_URL,
    metricsToken: config.METRICS_TOKEN,
    usersUrl,
    orm,
    readRowAccess: async (identity) => workspaceAccess(await membershipReader.read(identity)),
    schema,
    // Assigned, not spread: in a subscription `em` is a getter.
    extend: (shared) =>
      Object.assign(shared, {
        memberships: createCallerMemberships(membershipReader, shared),
        findDataset,
      }),
    onStop: async () => jobs[Symbol.asyncDispose](),
  });
  started.move();
  return server;
}
