import {
  inSubscriptionSpan,
  inTraceOf,
  isUnavailable,
  type Logger,
  logWebSocketErrors,
  START_CURSOR,
  UNAVAILABLE_MESSAGE,
} from '@affluent/service';
import type { MikroORM } from '@mikro-orm/postgresql';
import { type ExecutionArgs, GraphQLError, type GraphQLSchema, subscribe } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import type { WebSocketServer } from 'ws';

import type { SubgraphContext } from './context.ts';
import { DomainError, type FormatError } from './errors.ts';
import type { IdentifyCaller } from './identify.ts';
import { prependStartCursor } from './prepend-start-cursor.ts';
import { forkForRequest, type RowAccessOf } from './row-access.ts';

interface SubscriptionsOptions<Context extends SubgraphContext> {
  readonly webSockets: WebSocketServer;
  readonly schema: GraphQLSchema;
  readonly orm: MikroORM;
  readonly log: Logger;
  readonly identify: IdentifyCaller;
  readonly rowAccessOf: RowAccessOf;
  readonly formatError: FormatError;
  readonly extend: (context: SubgraphContext) => Context;
}

/** A close code of RFC 6455's registry. */
const TRY_AGAIN_LATER = 1013;

/** `/graphql` over WebSocket (graphql-transport-ws), for people only: services do not subscribe. */
export function serveSubscriptions<Context extends SubgraphContext>({
  webSockets,
  schema,
  orm,
  log,
  identify,
  rowAccessOf,
  formatError,
  extend,
}: SubscriptionsOptions<Context>) {
  logWebSocketErrors(webSockets, log);
  return useServer<{ authorization?: string; requestId?: string }>(
    {
      schema,
      onConnect: async ({ connectionParams, extra: { socket } }) => {
        // A rejected caller has to sign in. When we fail, the caller may try again.
        const caller = await identify(connectionParams?.authorization).catch((error: unknown) => {
          if (error instanceof GraphQLError) return;
          if (!isUnavailable(error)) throw error;
          socket.close(TRY_AGAIN_LATER, UNAVAILABLE_MESSAGE);
        });
        return caller?.identity !== undefined;
      },
      context: async ({ connectionParams }, _id, { extensions }) => {
        const receivedAt = performance.now();
        const caller = await identify(connectionParams?.authorization);
        let access = await rowAccessOf(caller);
        return extend({
          // A subscription outlives any unit of work: each resolver of each event reads afresh.
          get em() {
            return forkForRequest(orm.em, access);
          },
          async renewRowAccess() {
            try {
              access = await rowAccessOf(caller);
            } catch (error) {
              // `whileMember` decides how long a subscription survives without an answer.
              if (!(error instanceof DomainError && error.code === 'UNAVAILABLE')) throw error;
            }
          },
          receivedAt,
          ...caller,
          log: log.child({ requestId: connectionParams?.requestId }),
          extensions: extensions ?? undefined,
        });
      },
      subscribe: (args: ExecutionArgs) =>
        inTraceOf((args.contextValue as Context).extensions, () =>
          inSubscriptionSpan(args, async () => {
            const result = await subscribe(args);
            const { startCursor, extensions } = args.contextValue as Context;
            const isRequested = startCursor !== undefined && extensions?.[START_CURSOR] === true;
            return isRequested && Symbol.asyncIterator in result
              ? prependStartCursor(startCursor, result)
              : result;
          }),
        ),
      onNext: (_context, _id, _payload, _args, { data, errors }) =>
        errors && {
          data: data ?? null,
          errors: errors.map((error) => formatError(error.toJSON(), error)),
        },
      onError: (_context, _id, _payload, errors) =>
        errors.map((error) => formatError(error.toJSON(), error)),
    },
    webSockets,
  );
}
