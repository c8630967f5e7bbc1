import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

import { inSubscriptionSpan, inTraceOf, type Logger, logWebSocketErrors } from '@affluent/service';
import { type ExecutionArgs, type ExecutionResult, GraphQLError, OperationTypeNode } from 'graphql';
import type { SubscribePayload } from 'graphql-ws';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';

import type { Caller, IdentifyCaller } from '../../access/caller.ts';
import type { ClientAddress } from '../../client-address.ts';
import type { GatewayContext } from '../../context.ts';
import type { AdmittedOperation } from '../../operations/admit-operation.ts';
import { type FormatError, formatErrors } from '../../operations/format-errors.ts';
import type { Operations } from '../../operations/operations.ts';
import { refusalOf } from '../../operations/refusal.ts';
import type { Subscriptions } from '../../subscriptions/subscriptions.ts';
import { signInAgain } from '../../subscriptions/upstream.ts';
import { observeEvents } from '../../telemetry/observe-events.ts';
import { cancellable } from './cancellable.ts';
import { connect } from './connect.ts';

interface WebSocketServerOptions {
  readonly operations: Operations;
  readonly identify: IdentifyCaller;
  readonly addressOf: ClientAddress;
  readonly subscriptions: Subscriptions;
  readonly maxPerConnection: number;
  readonly formatError: FormatError;
  readonly log: Logger;
}

interface SocketContext extends GatewayContext {
  readonly operation: AdmittedOperation;
  readonly caller: Caller;
  /** What the client sent beside the operation: its trace. */
  readonly extensions: Readonly<Record<string, unknown>> | null | undefined;
}

/** Large enough that a refusal reaches the client as an answer; a larger message closes the socket. */
const MAX_MESSAGE_BYTES = 1024 ** 2;
const HEARTBEAT_MILLISECONDS = 12_000;
/** From the IANA registry of WebSocket close codes. */
const SERVICE_RESTART = 1012;

/** Serves `/graphql` over WebSocket (graphql-transport-ws): subscriptions, and queries and mutations as over HTTP. */
export function createWebSocketServer(options: WebSocketServerOptions) {
  const { operations, identify, addressOf, subscriptions, maxPerConnection, formatError, log } =
    options;
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES });
  const callers = new WeakMap<IncomingMessage, Caller>();

  const admit = async (
    request: IncomingMessage,
    params: SubscribePayload,
  ): Promise<ExecutionArgs> => {
    const caller = callers.get(request);
    if (!caller) throw new Error('An operation came before the connection was acknowledged.');
    const address = addressOf(request);
    const present = await caller.refresh();
    const from = { identity: present, address };
    const operation = operations.admit(operations.read(params, from), from);
    const { document, definition, graph, operationName, variables } = operation;
    // Clients restart subscriptions by themselves after each broken connection: that is no use of the session.
    const isUse = definition.operation !== OperationTypeNode.SUBSCRIPTION;
    const contextValue: SocketContext = {
      operation,
      identity: isUse ? await caller.refresh({ isUse }) : present,
      caller,
      address,
      forget: caller.forget,
      requestId: randomUUID(),
      extensions: params.extensions,
      fetchTimes: new Map(),
    };
    return {
      schema: graph.schema,
      document,
      contextValue,
      variableValues: variables,
      operationName: operationName ?? null,
    };
  };

  const subscribe = (context: SocketContext) => {
    const { operation, caller, extensions, identity, requestId } = context;
    return inTraceOf(extensions, () =>
      inSubscriptionSpan(operation, async (span) => {
        if (!identity) return { errors: [signInAgain()] };
        try {
          const request = { ...operation, caller, identity, requestId, span };
          return observeEvents('websocket', subscriptions.subscribe(request));
        } catch (error) {
          if (error instanceof GraphQLError) return { errors: [error] };
          throw error;
        }
      }),
    );
  };

  const protocol = useServer(
    {
      onConnect: async ({ connectionParams, extra: { request, socket } }) => {
        const caller = await connect({ request, socket, connectionParams }, { identify, log });
        if (caller) callers.set(request, caller);
        return caller !== undefined;
      },
      onSubscribe: async ({ extra: { request }, subscriptions: open }, _id, payload) => {
        if (Object.keys(open).length > maxPerConnection) return [tooMany(maxPerConnection)];
        try {
          return await admit(request, payload);
        } catch (error) {
          const refusal = refusalOf(error);
          if (!refusal) throw error;
          return refusal.errors;
        }
      },
      execute: ({ contextValue }: ExecutionArgs) => {
        const context = contextValue as SocketContext;
        return cancellable(async (signal) => {
          const answer = await inTraceOf(context.extensions, () =>
            operations.run(context.operation, { ...context, signal }),
          );
          return answer as ExecutionResult;
        });
      },
      subscribe: ({ contextValue }: ExecutionArgs) => subscribe(contextValue as SocketContext),
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
    /** Closes every connection with the advice to reconnect: another process takes over. */
    async close(): Promise<void> {
      for (const socket of sockets.clients)
        socket.close(SERVICE_RESTART, 'The server is stopping; connect again.');
      await protocol.dispose();
    },
  };
}

const tooMany = (max: number): GraphQLError =>
  new GraphQLError(`A connection may have ${max} operations open. Open another one.`, {
    extensions: { code: 'TOO_MANY_SUBSCRIPTIONS' },
  });
