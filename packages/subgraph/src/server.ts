import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import {
  createHttpServer,
  healthRoutes,
  type Identity,
  type Logger,
  notFound,
  observeRequests,
  requestErrors,
  requestLog,
  type VerifyToken,
  withCallerAddress,
} from '@affluent/service';
import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import express, { type Express } from 'express';
import type { GraphQLSchema } from 'graphql';
import { WebSocketServer } from 'ws';

import type { SubgraphContext } from './context.ts';
import { createErrorFormatter } from './errors.ts';
import { createIdentify, identifyPeople } from './identify.ts';
import { startOperations } from './operations.ts';
import { createRowAccess, type ReadRowAccess } from './row-access.ts';
import { serveSubscriptions } from './subscriptions.ts';
import { unstorableTextErrors } from './unstorable-text.ts';

interface SubgraphOptions<Context extends SubgraphContext> {
  readonly log: Logger;
  readonly publicUrl: string;
  /** The bearer token that reads `/metrics`. Absent: `/metrics` is closed. */
  readonly metricsToken?: string | undefined;
  /** Where the users subgraph listens, whose keys verify access tokens. */
  readonly usersUrl: string;
  readonly orm: MikroORM;
  /** Whether a valid token has not been revoked. Only the users subgraph checks this, for all of them. */
  readonly isAlive?: (em: EntityManager, identity: Identity) => Promise<boolean>;
  readonly schema: GraphQLSchema;
  /** The session variables from which the database's policies know a person's rows. */
  readonly readRowAccess: ReadRowAccess;
  /** Adds to the shared context what this subgraph's resolvers need. */
  readonly extend: (context: SubgraphContext) => Context;
  /** Adds routes and middleware in front of `/graphql`. `identify` verifies an `Authorization` header as `/graphql` does. */
  readonly routes?: (app: Express, identify: VerifyToken) => void;
  /** Releases what the subgraph itself started. Runs after the last request and before the database closes. */
  readonly onStop?: () => Promise<void>;
}

interface SubgraphServerOptions<Context extends SubgraphContext> extends SubgraphOptions<Context> {
  readonly host: string;
  readonly port: number;
}

/** Starts a subgraph: `/graphql` over HTTP and WebSocket (graphql-transport-ws), `/healthz` and `/readyz`. */
export async function startSubgraph<Context extends SubgraphContext>({
  host,
  port,
  ...options
}: SubgraphServerOptions<Context>) {
  const { httpServer, stop } = await buildSubgraphServer(options);
  return { url: await listen(httpServer, host, port), [Symbol.asyncDispose]: stop };
}

async function buildSubgraphServer<Context extends SubgraphContext>({
  log,
  publicUrl,
  metricsToken,
  usersUrl,
  orm,
  isAlive = async () => true,
  readRowAccess,
  schema,
  extend,
  routes,
  onStop,
}: SubgraphOptions<Context>) {
  const app = express().disable('x-powered-by').use(requestLog(log), withCallerAddress);
  app.use(healthRoutes(() => orm.isConnected()));
  const webSockets = new WebSocketServer({ noServer: true });
  const httpServer = createHttpServer({
    listener: observeRequests({ routes: ['graphql', 'oidc', 'audit'], metricsToken }, app),
    webSockets: { path: '/graphql', server: () => webSockets },
    patience: { keepAlive: 75_000 },
  });
  const identify = createIdentify({ publicUrl, usersUrl, orm, isAlive });
  const rowAccessOf = createRowAccess(readRowAccess);
  const formatError = createErrorFormatter(log);
  const shared = { schema, orm, log, identify, rowAccessOf, formatError, extend };
  const subscriptions = serveSubscriptions({ ...shared, webSockets });
  const operations = await startOperations({
    ...shared,
    httpServer,
    endSubscriptions: async () => subscriptions.dispose(),
  });
  routes?.(app, identifyPeople(identify));
  app.use('/graphql', express.json({ limit: '20mb' }), operations.handler);
  app.use(notFound, unstorableTextErrors, requestErrors(log));
  const stop = async (): Promise<void> => {
    await operations.stop();
    await onStop?.();
    await orm.close(true);
  };
  return { httpServer, stop };
}

/** @returns the URL at which it listens. */
async function listen(server: Server, host: string, port: number): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, host, resolve);
  });
  return `http://${host}:${(server.address() as AddressInfo).port}`;
}
