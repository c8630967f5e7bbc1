import type { Logger } from '@affluent/service';
import {
  createCallerMemberships,
  createMembershipReader,
  startSubgraph,
  workspaceAccess,
} from '@affluent/subgraph';

import type { Config } from './config.ts';
import type { Context } from './context.ts';
import { connect } from './database.ts';
import { createDatasetFinder } from './datasets/find-dataset.ts';
import { buildInsightsSchema } from './schema.ts';

/** Starts the insights subgraph; disposing of it stops it in order. */
export async function startServer(config: Config, log: Logger) {
  const { HOST, PORT, PUBLIC_URL, USERS_URL, DATASETS_URL, DATABASE_URL } = config;
  const membershipReader = createMembershipReader({ usersUrl: USERS_URL });
  const findDataset = createDatasetFinder({ datasetsUrl: DATASETS_URL });
  const { schema } = await buildInsightsSchema();
  return startSubgraph<Context>({
    log,
    host: HOST,
    port: PORT,
    publicUrl: PUBLIC_URL,
    metricsToken: config.METRICS_TOKEN,
    usersUrl: USERS_URL,
    orm: await connect(DATABASE_URL),
    readRowAccess: async (identity) => workspaceAccess(await membershipReader.read(identity)),
    schema,
    // Assigned, not spread: in a subscription `em` is a getter.
    extend: (context) =>
      Object.assign(context, {
        findDataset,
        memberships: createCallerMemberships(membershipReader, context),
      }),
  });
}
