import { type Logger, multipartErrors } from '@affluent/service';
import {
  createCallerMemberships,
  createMembershipReader,
  createMembershipWatch,
  createNotificationHub,
  createServiceTokens,
  startJobs,
  startSubgraph,
  startWorkspaceSweep,
  workspaceAccess,
} from '@affluent/subgraph';
import { graphqlUploadExpress } from 'graphql-upload-minimal';

import { openDiskBlobStore } from './blobs/disk-blob-store.ts';
import { CHANGES_CHANNEL } from './changes/change.ts';
import type { Config } from './config.ts';
import type { Context } from './context.ts';
import { createAppendFeed } from './data-points/append-feed.ts';
import { connect, query } from './database.ts';
import { deleteDatasets, listWorkspaces } from './datasets/delete-datasets.ts';
import { createVisibilityCheck } from './datasets/visibility-check.ts';
import { startImportQueue } from './imports/import-queue.ts';
import { interruptedImports } from './imports/import-session.ts';
import { IMPORTS_CHANNEL } from './imports/import.ts';
import { createImporter } from './imports/run-import.ts';
import { buildDatasetsSchema } from './schema.ts';

/** Per request; the gateway has the same limit. */
const MAX_FILES = 10;

/** Starts the datasets subgraph: its graph and its jobs. Disposing stops them in order. */
export async function startServer(config: Config, log: Logger) {
  const { USERS_URL: usersUrl, DATABASE_URL: databaseUrl } = config;
  const { schema } = await buildDatasetsSchema();
  const uploads = await openDiskBlobStore({
    folder: config.SPOOL_DIR,
    maxBytes: config.MAX_UPLOAD_BYTES,
  });
  await using started = new AsyncDisposableStack();
  const orm = started.adopt(await connect(databaseUrl), (connected) => connected.close(true));
  await uploads.sweep(async (importId) => {
    const unfinished = `SELECT 1 FROM import WHERE id = $1 AND status IN ('QUEUED', 'RUNNING')`;
    return (await query(orm.em.fork(), unfinished, [importId])).length > 0;
  });
  const notifications = started.use(
    await createNotificationHub({ databaseUrl, channels: [CHANGES_CHANNEL, IMPORTS_CHANNEL], log }),
  );
  const appendFeed = createAppendFeed({ em: orm.em, notifications, log });
  const isDatasetVisible = createVisibilityCheck();
  const jobs = started.use(await startJobs({ databaseUrl, log }));
  const importQueue = await startImportQueue(jobs, {
    interrupted: await interruptedImports(orm),
    run: createImporter({ orm, databaseUrl, uploads, log }),
  });
  await startWorkspaceSweep(jobs, {
    usersUrl,
    getServiceToken: createServiceTokens({
      usersUrl,
      clientId: 'affluent-datasets',
      clientSecret: config.DATASETS_CLIENT_SECRET,
    }),
    em: orm.em,
    log,
    listWorkspaces,
    deleteBatch: deleteDatasets,
  });
  const membershipReader = createMembershipReader({ usersUrl });
  const whileMember = createMembershipWatch({ usersUrl, onChange: membershipReader.forget });

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
        whileMember,
        notifications,
        appendFeed,
        isDatasetVisible,
        uploads,
        importQueue,
      }),
    routes: (app) => {
      app.use('/graphql', (req, res, next) => {
        // Discards the rest of a rejected upload, or its sender would wait forever.
        res.once('finish', () => req.unpipe().resume());
        // graphql-upload-minimal handles only the first error of its parser; another one would end the process.
        const pipe = req.pipe.bind(req);
        req.pipe = (to, options) =>
          pipe(
            to.on('error', () => {}),
            options,
          );
        next();
      });
      app.use('/graphql', graphqlUploadExpress({ maxFiles: MAX_FILES }), multipartErrors);
    },
    onStop: async () => {
      await jobs[Symbol.asyncDispose]();
      await notifications[Symbol.asyncDispose]();
    },
  });
  started.move();
  return server;
}
