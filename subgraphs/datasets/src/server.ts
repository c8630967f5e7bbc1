import { type Logger, multipartErrors } from '@affluent/service';
import {
  createCallerMemberships,
  createMembershipReader,
  createMembershipWatch,
  createNotificationHub,
  startSubgraph,
  workspaceAccess,
} from '@affluent/subgraph';
import { graphqlUploadExpress } from 'graphql-upload-minimal';

import { openDiskBlobStore } from './blobs/disk-blob-store.ts';
import { CHANGES_CHANNEL } from './changes/change.ts';
import type { Config } from './config.ts';
import type { Context } from './context.ts';
import { createAppendFeed } from './data-points/append-feed.ts';
import { connect, query } from './database.ts';
import { createVisibilityCheck } from './datasets/visibility-check.ts';
import { startImportQueue } from './imports/import-queue.ts';
import { interruptedImports } from './imports/import-session.ts';
import { IMPORTS_CHANNEL } from './imports/import.ts';
import { createImporter } from './imports/run-import.ts';
import { buildDatasetsSchema } from './schema.ts';

/** Per request; the gateway has the same limit. */
const MAX_FILES = 10;

/** Starts the datasets subgraph: its graph and the import jobs. */
export async function startServer(config: Config, log: Logger) {
  const { host, port, publicUrl, databaseUrl, usersUrl } = config;
  const { schema } = await buildDatasetsSchema();
  const uploads = await openDiskBlobStore({
    folder: config.spoolFolder,
    maxBytes: config.maxUploadBytes,
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
  const importQueue = started.use(
    await startImportQueue({
      databaseUrl,
      log,
      interrupted: await interruptedImports(orm),
      run: createImporter({ orm, databaseUrl, uploads, log }),
    }),
  );
  const membershipReader = createMembershipReader({ usersUrl });
  const whileMember = createMembershipWatch({ usersUrl, onChange: membershipReader.forget });

  const server = await startSubgraph<Context>({
    log,
    host,
    port,
    publicUrl,
    metricsToken: config.metricsToken,
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
        // Drains an upload that is refused before its end: its sender would wait forever.
        res.once('finish', () => req.unpipe().resume());
        // graphql-upload-minimal handles only the first error of its parser; a second one would end the process.
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
      await importQueue[Symbol.asyncDispose]();
      await notifications[Symbol.asyncDispose]();
    },
  });
  started.move();
  return server;
}
