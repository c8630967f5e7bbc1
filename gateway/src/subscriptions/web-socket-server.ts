import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

import {
  inSubscriptionSpan,
  inTraceOf,
  InvalidTokenError,
  type Logger,
  logWebSocketErrors,
} from '@affluent/service';
import type { ApolloServer } from '@apollo/server';
import { type ExecutionArgs, type ExecutionResult, GraphQLError, OperationTypeNode } from 'graphql';
import { CloseCode } from 'graphql-ws';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';

import type { Caller, IdentifyCaller } from '../access/caller.ts';
import { identificationFailure } from '../access/identification-failure.ts';
import type { ClientAddress } from '../client-address.ts';
import type { GatewayContext } from '../context.ts';
import { observeEvents } from '../telemetry/observe-events.ts';
import { authorizationOf, closeReason } from './connection-params.ts';
import { whenTokenEnds } from './end-with-token.ts';
import { readOperation, type ReadOptions } from './read-operation.ts';
import { cancellable, type FormatError, formatErrors, runOperation } from './run-operation.ts';
import type { Subscriptions } from './subscriptions.ts';
import { signInAgain } from './upstream.ts';

interface WebSocketServerOptions extends ReadOptions {
  readonly apollo: ApolloServer<GatewayContext>;
  readonly identify: IdentifyCaller;
  readonly addressOf: ClientAddress;
  readonly subscriptions: Subscriptions;
  readonly mostPerConnection: number;
  readonly formatError: FormatError;
  readonly log: Logger;
}

interface OperationContext extends GatewayContext {
  readonly caller: Caller;
  readonly source: string;
  /** What the client sent along: its trace. */
  readonly extensions: Readonly<Record<string, unknown>> | null | undefined;
}

/** Every client must be able to hear that it is refused; then its socket is closed. */
const MAX_MESSAGE_BYTES = 1024 ** 2;
/** For the subscriptions of a token that has ended to say so, before the socket closes. */
const FAREWELL_MILLISECONDS = 500;
const HEARTBEAT_MILLISECONDS = 12_000;

/** Serves `/graphql` over WebSocket (graphql-transport-ws): subscriptions, and queries and mutations as over HTTP. */
export function createWebSocketServer(options: WebSocketServerOptions) {
  const { apollo, identify, addressOf, graph, subscriptions, mostPerConnection, formatError, log } =
    options;
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES });
  const callers = new WeakMap<IncomingMessage, Caller>();

  const protocol = useServer(
    {
      onConnect: async ({ connectionParams, extra: { request, socket } }) => {
        let caller: Caller;
        try {
          caller = await identify(request, { authorization: authorizationOf(connectionParams) });
          if (!caller.identity) throw new InvalidTokenError('Sign in to connect.');
        } catch (error) {
          log.info({ err: error }, 'WebSocket refused');
          const failure = identificationFailure(error);
          if (!failure) throw error;
          const isOurs = failure.extensions.code === 'UNAVAILABLE';
          socket.close(
            isOurs ? TRY_AGAIN_LATER : CloseCode.Forbidden,
            closeReason(failure.message),
          );
          return false;
        }
        const { identity } = caller;
        callers.set(request, caller);
        const stop = whenTokenEnds({ caller, identity }, ({ message, extensions }) => {
          const code = extensions.code === 'UNAVAILABLE' ? TRY_AGAIN_LATER : CloseCode.Forbidden;
          setTimeout(() => socket.close(code, closeReason(message)), FAREWELL_MILLISECONDS);
        });
        socket.once('close', stop);
        return true;
      },
      onSubscribe: async ({ extra: { request }, subscriptions: open }, _id, payload) => {
        const caller = callers.get(request);
        if (!caller) throw new Error('Operations come after the connection was acknowledged.');
        if (Object.keys(open).length > mostPerConnection) return [tooMany(mostPerConnection)];
        const address = addressOf(request);
        try {
          const identity = await caller.refresh();
          const operation = readOperation(options, payload, { identity, address });
          const { text, document, operationName, variables, kind } = operation;
          // Clients start subscriptions anew by themselves, after each broken connection.
          const isUse = kind !== OperationTypeNode.SUBSCRIPTION;
          const contextValue: OperationContext = {
            identity: isUse ? await caller.refresh({ isUse }) : identity,
            caller,
            address,
            source: text,
            forget: caller.forget,
            requestId: randomUUID(),
            extensions: payload.extensions,
            fetchTimes: new Map(),
          };
          return {
            schema: graph().schema,
            document,
            contextValue,
            variableValues: variables,
            operationName: operationName ?? null,
          };
        } catch (error) {
          if (error instanceof AggregateError) return error.errors as readonly GraphQLError[];
          const failure = identificationFailure(error);
          if (!failure) throw error;
          return [failure];
        }
      },
      execute: ({ variableValues, operationName, contextValue }: ExecutionArgs) => {
        const context = contextValue as OperationContext;
        const operation = {
          text: context.source,
          operationName: operationName ?? undefined,
          variables: variableValues ?? {},
        };
        return cancellable(async (signal) => {
          const answer = await inTraceOf(context.extensions, () =>
            runOperation(apollo, operation, { ...context, signal }),
          );
          return answer as ExecutionResult;
        });
      },
      subscribe: (args: ExecutionArgs) => {
        const { caller, extensions, identity, requestId } = args.contextValue as OperationContext;
        return inTraceOf(extensions, () =>
          inSubscriptionSpan(args, async (span) => {
            if (!identity) return { errors: [signInAgain()] };
            try {
              const events = subscriptions.subscribe({
                document: args.document,
                operationName: args.operationName ?? undefined,
                variables: args.variableValues ?? {},
                caller,
                identity,
                requestId,
                span,
              });
              return observeEvents('websocket', events);
            } catch (error) {
              if (error instanceof GraphQLError) return { errors: [error] };
              throw error;
            }
          }),
        );
      },
      onNext: (_context, _id, _payload, _args, { data, errors }) =>
        errors && {
          data: data ?? null,
          errors: formatErrors(errors, formatError),
        },
      onError: (_context, _id, _payload, errors) => formatErrors(errors, formatError),
    },
    sockets,
    HEARTBEAT_MILLISECONDS,
  );
  logWebSocketErrors(sockets, log);
  return {
    sockets,
    /** Tells every client to go, and to come back: another process takes over. */
    async close(): Promise<void> {
      for (const socket of sockets.clients)
        socket.close(SERVICE_RESTART, 'The server stops; connect again.');
      await protocol.dispose();
    },
  };
}

/** Of RFC 6455's registry of close codes. */
const SERVICE_RESTART = 1012;
const TRY_AGAIN_LATER = 1013;

const tooMany = (most: number): GraphQLError =>
  new GraphQLError(`A connection may have ${most} operations open. Open another one.`, {
    extensions: { code: 'TOO_MANY_SUBSCRIPTIONS' },
  });
