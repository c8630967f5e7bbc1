import {
  inRequestOf,
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
import type { SubscribePayload } from 'graphql-ws';
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
  const formatErrors = (
    errors: readonly GraphQLError[],
    extensions: SubscribePayload['extensions'],
  ) => inRequestOf(extensions, () => errors.map((error) => formatError(error.toJSON(), error)));
  logWebSocketErrors(webSockets, log);
  return useServer<{ authorization?: string }>(
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
      context: ({ connectionParams }, _id, { extensions }) =>
        inRequestOf(extensions, async () => {
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
                access = await inRequestOf(extensions, () => rowAccessOf(caller));
              } catch (error) {
                // `whileMember` decides how long a subscription survives without an answer.
                if (!(error instanceof DomainError && error.code === 'UNAVAILABLE')) throw error;
              }
            },
            receivedAt,
            ...caller,
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
            const isRequested = startCursor !== undefined && extensions?.[START_CURSOR] === true;
            return isRequested && Symbol.asyncIterator in result
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
}
