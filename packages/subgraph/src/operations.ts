import type { Server } from 'node:http';

import {
  apolloTelemetryOff,
  inOperationSpan,
  isOpenToAnyone,
  type Logger,
  observeOperations,
  REQUEST_TIMEOUT_HEADER,
  type ResolvedOperation,
} from '@affluent/service';
import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import { ApolloServerPluginDrainHttpServer } from '@apollo/server/plugin/drainHttpServer';
import { expressMiddleware } from '@as-integrations/express5';
import type { MikroORM } from '@mikro-orm/postgresql';
import type { RequestHandler } from 'express';
import { type GraphQLSchema, Kind } from 'graphql';

import { cancellationOf, mutationsGoToTheirEnd } from './cancellation.ts';
import type { SubgraphContext } from './context.ts';
import type { FormatError } from './errors.ts';
import { type IdentifyCaller, unauthenticated } from './identify.ts';
import { forkForRequest, type RowAccess, type RowAccessOf } from './row-access.ts';

interface OperationsOptions<Context extends SubgraphContext> {
  readonly schema: GraphQLSchema;
  readonly orm: MikroORM;
  readonly log: Logger;
  readonly httpServer: Server;
  readonly identify: IdentifyCaller;
  readonly rowAccessOf: RowAccessOf;
  readonly formatError: FormatError;
  readonly extend: (context: SubgraphContext) => Context;
  /** Ends the subscriptions when the server stops. */
  readonly endSubscriptions: () => Promise<void>;
}

/** Rejects callers without an identity, unless the operation is open to everyone. */
const identityGuard: ApolloServerPlugin<SubgraphContext> = {
  async requestDidStart() {
    return {
      async didResolveOperation({ document, operationName, contextValue }) {
        const { identity, service } = contextValue;
        if (!identity && !service && !isOpenToAnyone(document, operationName))
          throw unauthenticated('Sign in to do this.');
      },
    };
  },
};

/** The name of an operation in metrics: a label needs a limited number of values. */
const firstRootField = ({ operation }: ResolvedOperation): string | undefined => {
  const [selection] = operation.selectionSet.selections;
  return selection?.kind === Kind.FIELD ? selection.name.value : undefined;
};

/** Makes the database cancel statements that run longer than the caller waits. */
const timeLimit = (milliseconds = ''): RowAccess =>
  /^[1-9]\d{0,8}$/.test(milliseconds) ? { statement_timeout: milliseconds } : {};

/** `/graphql` over HTTP. */
export async function startOperations<Context extends SubgraphContext>({
  schema,
  orm,
  log,
  httpServer,
  identify,
  rowAccessOf,
  formatError,
  extend,
  endSubscriptions,
}: OperationsOptions<Context>) {
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
      { serverWillStart: async () => ({ drainServer: endSubscriptions }) },
    ],
  });
  await apollo.start();
  const run = expressMiddleware(apollo, {
    context: async ({ req, res }) => {
      const receivedAt = performance.now();
      const cancellation = cancellationOf(res);
      const caller = await identify(req.get('authorization'));
      const limit = timeLimit(req.get(REQUEST_TIMEOUT_HEADER));
      const access = { ...(await rowAccessOf(caller)), ...limit };
      const em = forkForRequest(orm.em, access, cancellation.signal);
      const renewRowAccess = async () =>
        em.setSessionContext({ variables: await rowAccessOf(caller) });
      return extend({ em, renewRowAccess, receivedAt, ...caller, log, cancellation });
    },
  });
  const handler: RequestHandler = (req, res, next) =>
    inOperationSpan(async () => run(req, res, next));
  return { handler, stop: () => apollo.stop() };
}
