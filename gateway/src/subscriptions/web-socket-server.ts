import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

import { isOpenToAnyone, type Logger } from '@affluent/service';
import type { ApolloServer } from '@apollo/server';
import {
  type ExecutionArgs,
  type ExecutionResult,
  GraphQLError,
  type GraphQLFormattedError,
  type GraphQLSchema,
  parse,
  print,
  validate,
} from 'graphql';
import { CloseCode } from 'graphql-ws';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';

import type { AccessControl } from '../access/access-control.ts';
import type { Caller, IdentifyCaller } from '../access/caller.ts';
import type { GatewayContext } from '../context.ts';
import type { Documents } from '../documents/documents.ts';
import type { SubgraphUrls } from '../subgraphs/subgraphs.ts';
import { planForCaller } from './plan-for-caller.ts';
import type { SubscriptionPlan, SubscriptionPlanner } from './subscription-planner.ts';
import { subscribeUpstream } from './upstream.ts';

/** The graph in force. */
export interface Graph {
  /** As clients see it. */
  readonly schema: GraphQLSchema;
  readonly planner: SubscriptionPlanner;
  readonly access: AccessControl;
}

interface WebSocketServerOptions {
  readonly apollo: ApolloServer<GatewayContext>;
  readonly identify: IdentifyCaller;
  readonly documents: Documents;
  /** Asked for at each operation, because it may change while connections live. */
  readonly graph: () => Graph;
  readonly urls: SubgraphUrls;
  readonly formatError: (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;
  readonly log: Logger;
}

interface OperationContext extends GatewayContext {
  readonly caller: Caller;
}

/** Every client must be able to hear that it is refused; then its socket is closed. */
const MAX_MESSAGE_BYTES = 1024 ** 2;

/** Serves `/graphql` over WebSocket (graphql-transport-ws): subscriptions by plan, queries and mutations as over HTTP. */
export function createWebSocketServer(options: WebSocketServerOptions) {
  const { apollo, identify, documents, graph, urls, formatError, log } = options;
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES });
  const callers = new WeakMap<IncomingMessage, Caller>();

  const protocol = useServer<{ authorization?: string }>(
    {
      onConnect: async ({ connectionParams, extra: { request } }) => {
        const caller = await identify(request, connectionParams?.authorization).catch(
          (error: unknown) => {
            log.info({ err: error }, 'WebSocket refused');
          },
        );
        if (!caller?.identity) return false;
        callers.set(request, caller);
        return true;
      },
      onSubscribe: async ({ extra: { request } }, _id, payload) => {
        const { variables, operationName } = payload;
        const { schema } = graph();
        const caller = callers.get(request);
        const identity = await caller?.refresh();
        try {
          const document = parse(documents.textOf(payload) ?? '');
          const errors = validate(schema, document);
          if (errors.length > 0) return errors;
          if (!caller || (!identity && !isOpenToAnyone(document, operationName))) {
            return [
              new GraphQLError('Sign in to do this.', { extensions: { code: 'UNAUTHENTICATED' } }),
            ];
          }
          const contextValue: OperationContext = {
            identity,
            caller,
            forget: caller.forget,
            requestId: randomUUID(),
          };
          return {
            schema,
            document,
            contextValue,
            variableValues: variables ?? {},
            operationName: operationName ?? null,
          };
        } catch (error) {
          if (error instanceof GraphQLError) return [error];
          throw error;
        }
      },
      execute: async ({ document, variableValues, operationName, contextValue }: ExecutionArgs) => {
        const { body } = await apollo.executeOperation(
          {
            query: print(document),
            variables: { ...variableValues },
            ...(operationName && { operationName }),
          },
          { contextValue: contextValue as OperationContext },
        );
        return body.kind === 'single' ? (body.singleResult as ExecutionResult) : {};
      },
      subscribe: (args: ExecutionArgs) => {
        const { caller, ...context } = args.contextValue as OperationContext;
        const { planner, access } = graph();
        try {
          const plan = planForCaller({
            planner,
            access,
            document: args.document,
            operationName: args.operationName ?? undefined,
            variables: args.variableValues ?? {},
            identity: context.identity,
          });
          return events({ plan, caller, requestId: context.requestId, urls });
        } catch (error) {
          if (error instanceof GraphQLError) return { errors: [error] };
          throw error;
        }
      },
      onNext: (_context, _id, _payload, _args, { data, errors }) =>
        errors && {
          data: data ?? null,
          errors: errors.map((error) => formatError(asFormatted(error), error)),
        },
      onError: (_context, _id, _payload, errors) =>
        errors.map((error) => formatError(asFormatted(error), error)),
    },
    sockets,
  );
  return {
    sockets,
    /** Tells every client to go, and ends their subscriptions. */
    async close(): Promise<void> {
      for (const socket of sockets.clients) socket.close(1001, 'The server stops; connect again.');
      await protocol.dispose();
    },
  };
}

/** GraphQL's own validation errors carry no code; they are the client's to mend. */
const asFormatted = (error: GraphQLError): GraphQLFormattedError => {
  const formatted = error.toJSON();
  return error.originalError || formatted.extensions?.code
    ? formatted
    : { ...formatted, extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } };
};

interface EventOptions {
  readonly plan: SubscriptionPlan;
  readonly caller: Caller;
  readonly requestId: string;
  readonly urls: SubgraphUrls;
}

/** The events of one subscription, each completed by the other subgraphs. Ends with an error result when it must. */
function events({
  plan,
  caller,
  requestId,
  urls,
}: EventOptions): AsyncIterableIterator<ExecutionResult> {
  const { serviceName, query, variables } = plan.primary;
  const upstream = subscribeUpstream({
    url: `${urls[serviceName]}/graphql`,
    caller,
    requestId,
    query,
    variables,
  });
  let failed = false;
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      if (failed) return { done: true, value: undefined };
      try {
        const event = await upstream.next();
        if (event.done) return { done: true, value: undefined };
        // The caller's first token may have ended by now; fields of other subgraphs are fetched with a living one.
        const identity = await caller.refresh();
        return {
          done: false,
          value: await plan.complete(event.value, { identity, requestId, forget: caller.forget }),
        };
      } catch (error) {
        failed = true;
        return { done: false, value: { errors: upstreamErrors(error, serviceName) } };
      }
    },
    async return() {
      await upstream.return?.();
      return { done: true, value: undefined };
    },
  };
}

/** What a broken upstream means to the client: graphql-ws gives a subgraph's errors, a close event, or an error. */
function upstreamErrors(error: unknown, serviceName: string): readonly GraphQLError[] {
  if (error instanceof GraphQLError) return [error];
  if (Array.isArray(error)) {
    return error.map(
      ({ message, extensions }: GraphQLFormattedError) => new GraphQLError(message, { extensions }),
    );
  }
  const isRefused =
    typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    error.code === CloseCode.Forbidden;
  return [
    isRefused
      ? new GraphQLError('Sign in again to go on.', { extensions: { code: 'UNAUTHENTICATED' } })
      : new GraphQLError(`The ${serviceName} service does not answer. Try again in a moment.`, {
          extensions: { code: 'UNAVAILABLE' },
          originalError: error instanceof Error ? error : new Error(String(error)),
        }),
  ];
}
