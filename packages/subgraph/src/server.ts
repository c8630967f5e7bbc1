import type { AddressInfo } from 'node:net';

import {
  apolloTelemetryOff,
  createHttpServer,
  createTokenVerifier,
  healthRoutes,
  type Identity,
  inOperationSpan,
  inRequestOf,
  inSubscriptionSpan,
  inTraceOf,
  InvalidTokenError,
  isOpenToAnyone,
  isUnavailable,
  type Logger,
  logWebSocketErrors,
  notFound,
  observeOperations,
  observeRequests,
  REQUEST_TIMEOUT_HEADER,
  requestErrors,
  requestLog,
  START_CURSOR,
  UNAVAILABLE_MESSAGE,
  type ResolvedOperation,
  type VerifyToken,
  withCallerAddress,
} from '@affluent/service';
import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import { ApolloServerPluginDrainHttpServer } from '@apollo/server/plugin/drainHttpServer';
import { expressMiddleware } from '@as-integrations/express5';
import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import express, { type Express } from 'express';
import { type ExecutionArgs, GraphQLError, type GraphQLSchema, Kind, subscribe } from 'graphql';
import type { SubscribePayload } from 'graphql-ws';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';

import { cancellationOf, mutationsGoToTheirEnd } from './cancellation.ts';
import type { SubgraphContext } from './context.ts';
import { createErrorFormatter, DomainError } from './errors.ts';
import { prependStartCursor } from './prepend-start-cursor.ts';
import { forkForRequest, type ReadRowAccess, type RowAccess } from './row-access.ts';
import { unstorableTextErrors } from './unstorable-text.ts';

interface SubgraphServerOptions<Context extends SubgraphContext> {
  readonly log: Logger;
  readonly host: string;
  readonly port: number;
  readonly publicUrl: string;
  /** Who shows it reads `/metrics`; absent: nobody does. */
  readonly metricsToken?: string | undefined;
  /** Where the users subgraph listens; access tokens are checked with its keys. Absent: at this server itself. */
  readonly usersUrl?: string;
  readonly orm: MikroORM;
  /** Whether a token that holds has been ended since; the users subgraph, which knows, tells every other. */
  readonly isAlive?: (em: EntityManager, identity: Identity) => Promise<boolean>;
  readonly schema: GraphQLSchema;
  /** The caller's rows, as session variables for the policies of the database. */
  readonly readRowAccess: ReadRowAccess;
  /** What this subgraph's resolvers need beyond the shared context. */
  readonly extend: (context: SubgraphContext) => Context;
  /** Adds routes and middleware in front of `/graphql`. `identify` reads an `Authorization` header as `/graphql` does. */
  readonly routes?: (app: Express, identify: VerifyToken) => void;
  /** Releases what the subgraph itself started; runs after the last request and before the database closes. */
  readonly onStop?: () => Promise<void>;
}

const unauthenticated = (message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code: 'UNAUTHENTICATED', http: { status: 401 } } });

/** Refuses every operation but the open ones to callers without an identity, whatever the gateway did. */
const identityGuard: ApolloServerPlugin<SubgraphContext> = {
  async requestDidStart() {
    return {
      async didResolveOperation({ document, operationName, contextValue }) {
        if (!contextValue.identity && !isOpenToAnyone(document, operationName)) {
          throw unauthenticated('Sign in to do this.');
        }
      },
    };
  },
};

/** What an operation is called in metrics: there are only so many root fields. */
const firstRootField = ({ operation }: ResolvedOperation): string | undefined => {
  const [selection] = operation.selectionSet.selections;
  return selection?.kind === Kind.FIELD ? selection.name.value : undefined;
};

/** Of RFC 6455's registry of close codes. */
const TRY_AGAIN_LATER = 1013;

/** Has the database give up what nobody waits for any more. */
const timeLimit = (milliseconds = ''): RowAccess =>
  /^[1-9]\d{0,8}$/.test(milliseconds) ? { statement_timeout: milliseconds } : {};

/** Starts a subgraph: `/graphql` over HTTP and WebSocket (graphql-transport-ws), `/healthz` and `/readyz`. */
export async function startSubgraph<Context extends SubgraphContext>({
  log,
  host,
  port,
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
}: SubgraphServerOptions<Context>) {
  const app = express().disable('x-powered-by').use(requestLog(log), withCallerAddress);
  app.use(healthRoutes(() => orm.isConnected()));
  const observed = observeRequests({ routes: ['graphql', 'oidc', 'audit'], metricsToken }, app);
  const webSockets = new WebSocketServer({ noServer: true });
  const httpServer = createHttpServer({
    listener: observed,
    webSockets: { path: '/graphql', server: () => webSockets },
    patience: { keepAlive: 75_000 },
  });
  await new Promise<void>((resolve, reject) => {
    httpServer.once('error', reject).listen(port, host, resolve);
  });
  const url = `http://${host}:${(httpServer.address() as AddressInfo).port}`;
  const verifyToken = createTokenVerifier({ publicUrl, usersUrl: usersUrl ?? url });
  const identify: VerifyToken = async (authorization) => {
    try {
      const identity = await verifyToken(authorization);
      if (!identity || (await isAlive(orm.em.fork(), identity))) return identity;
    } catch (error) {
      if (error instanceof InvalidTokenError) throw unauthenticated(error.message);
      throw error;
    }
    throw unauthenticated('The access token has been ended.');
  };

  const accessOf = async (identity: Identity | undefined): Promise<RowAccess> =>
    identity ? readRowAccess(identity) : {};

  const formatError = createErrorFormatter(log);
  const formatErrors = (
    errors: readonly GraphQLError[],
    extensions: SubscribePayload['extensions'],
  ) => inRequestOf(extensions, () => errors.map((error) => formatError(error.toJSON(), error)));
  const subscriptions = useServer<{ authorization?: string }>(
    {
      schema,
      onConnect: async ({ connectionParams, extra: { socket } }) => {
        // Refused, the caller has to sign in; when we fail, they may try again.
        const identity = await identify(connectionParams?.authorization).catch((error: unknown) => {
          if (error instanceof GraphQLError) return;
          if (!isUnavailable(error)) throw error;
          socket.close(TRY_AGAIN_LATER, UNAVAILABLE_MESSAGE);
        });
        return identity !== undefined;
      },
      context: ({ connectionParams }, _id, { extensions }) =>
        inRequestOf(extensions, async () => {
          const receivedAt = performance.now();
          const identity = await identify(connectionParams?.authorization);
          let access = await accessOf(identity);
          return extend({
            // A subscription outlives any unit of work: each resolver of each event reads afresh.
            get em() {
              return forkForRequest(orm.em, access);
            },
            async renewRowAccess() {
              try {
                access = await inRequestOf(extensions, () => accessOf(identity));
              } catch (error) {
                // `whileMember` decides how long events may go on while access cannot be checked.
                if (!(error instanceof DomainError && error.code === 'UNAVAILABLE')) throw error;
              }
            },
            receivedAt,
            identity,
            log,
            extensions: extensions ?? undefined,
          });
        }),
      subscribe: (args: ExecutionArgs) => {
        const { extensions } = args.contextValue as Context;
        const open = () =>
          inSubscriptionSpan(args, async () => {
            const result = await subscribe(args);
            const { startCursor } = args.contextValue as Context;
            const isAsked = startCursor !== undefined && extensions?.[START_CURSOR] === true;
            return isAsked && Symbol.asyncIterator in result
              ? prependStartCursor(startCursor, result)
              : result;
          });
        return inRequestOf(extensions, () => inTraceOf(extensions, open));
      },
      onNext: (_context, _id, { extensions }, _args, { data, errors }) =>
        errors && { data: data ?? null, errors: formatErrors(errors, extensions) },
      onError: (_context, _id, { extensions }, errors) => formatErrors(errors, extensions),
    },
    webSockets,
  );
  logWebSocketErrors(webSockets, log);

  const apollo = new ApolloServer<Context>({
    schema,
    formatError,
    includeStacktraceInErrorResponses: false,
    introspection: true,
    stopOnTerminationSignals: false,
    logger: log,
    plugins: [
      ...apolloTelemetryOff(),
      observeOperations<Context>({ label: firstRootField }),
      identityGuard as ApolloServerPlugin<Context>,
      mutationsGoToTheirEnd as ApolloServerPlugin<Context>,
      ApolloServerPluginDrainHttpServer({ httpServer }),
      {
        async serverWillStart() {
          return {
            async drainServer() {
              await subscriptions.dispose();
            },
          };
        },
      },
    ],
  });
  await apollo.start();
  routes?.(app, identify);
  const runOperation = expressMiddleware(apollo, {
    context: async ({ req, res }) => {
      const receivedAt = performance.now();
      const cancellation = cancellationOf(res);
      const identity = await identify(req.get('authorization'));
      const limit = timeLimit(req.get(REQUEST_TIMEOUT_HEADER));
      const access = { ...(await accessOf(identity)), ...limit };
      const em = forkForRequest(orm.em, access, cancellation.signal);
      const renewRowAccess = async () =>
        em.setSessionContext({ variables: await accessOf(identity) });
      return extend({ em, renewRowAccess, receivedAt, identity, log, cancellation });
    },
  });
  app.use('/graphql', express.json({ limit: '20mb' }), (req, res, next) =>
    inOperationSpan(async () => runOperation(req, res, next)),
  );

  app.use(notFound, unstorableTextErrors, requestErrors(log));

  return {
    url,
    async [Symbol.asyncDispose]() {
      await apollo.stop();
      await onStop?.();
      await orm.close(true);
    },
  };
}
