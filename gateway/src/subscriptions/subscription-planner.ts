import { operationFromDocument, Supergraph } from '@apollo/federation-internals';
import { buildOperationContext, executeQueryPlan, type GraphQLDataSource } from '@apollo/gateway';
import { type FetchNode, type PlanNode, QueryPlanner } from '@apollo/query-planner';
import {
  type DocumentNode,
  type ExecutionResult,
  type GraphQLSchema,
  GraphQLError,
  type GraphQLFormattedError,
} from 'graphql';

import type { GatewayContext } from '../context.ts';

export type ServiceMap = Readonly<Record<string, GraphQLDataSource<GatewayContext>>>;

interface Operation {
  readonly document: DocumentNode;
  readonly source: string;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** What the owning subgraph sends for one event. */
export interface UpstreamEvent {
  readonly data?: Record<string, unknown> | null | undefined;
  readonly errors?: readonly GraphQLFormattedError[] | undefined;
}

/** A subscription, taken apart by the federation query planner. */
export interface SubscriptionPlan {
  /** What to subscribe to at the subgraph that owns the root field. */
  readonly primary: {
    readonly serviceName: string;
    readonly query: string;
    readonly variables: Record<string, unknown>;
  };
  /** Completes one event with the fields of other subgraphs, and shapes it as the client asked. */
  readonly complete: (event: UpstreamEvent, context: GatewayContext) => Promise<ExecutionResult>;
}

export interface SubscriptionPlanner {
  /** @throws {GraphQLError} when no plan can be made of the operation. */
  readonly plan: (operation: Operation) => SubscriptionPlan;
}

/**
 * Plans subscriptions, which @apollo/gateway refuses to run, with the planner that it uses for queries: a
 * `SubscriptionNode { primary, rest }` runs per event as `Sequence[primary, rest]`, where `primary` is not fetched but
 * answered with the event itself (docs/decisions/0001-federated-subscriptions.md).
 */
export function createSubscriptionPlanner(
  supergraphSdl: string,
  apiSchema: GraphQLSchema,
  services: ServiceMap,
): SubscriptionPlanner {
  const supergraph = Supergraph.build(supergraphSdl);
  const queryPlanner = new QueryPlanner(supergraph);
  const federationApiSchema = supergraph.apiSchema();
  const executableSupergraph = supergraph.schema.toGraphQLJSSchema();

  const plan = ({ document, source, operationName, variables }: Operation): SubscriptionPlan => {
    const named = operationName === undefined ? {} : { operationName };
    const operation = operationFromDocument(federationApiSchema, document, named);
    const { node } = queryPlanner.buildQueryPlan(operation);
    if (node?.kind !== 'Subscription')
      throw new GraphQLError('This operation is not a subscription.');
    const { primary, rest } = node;
    const eventNode: PlanNode = rest ? { kind: 'Sequence', nodes: [primary, rest] } : primary;
    const operationContext = buildOperationContext({
      schema: apiSchema,
      operationDocument: document,
      ...named,
    });

    return {
      primary: {
        serviceName: primary.serviceName,
        query: primary.operation,
        variables: pick(variables, primary),
      },
      complete: async (event, context) => {
        const owner = services[primary.serviceName];
        if (!owner) throw new Error(`No subgraph is named ${primary.serviceName}`);
        const eventServices: Record<string, GraphQLDataSource> = { ...services };
        eventServices[primary.serviceName] = answerWith(event, primary, owner);
        const request = { query: source, variables: { ...variables }, ...named };
        const requestContext = { request, context, metrics: {} } as unknown as Parameters<
          typeof executeQueryPlan
        >[2];
        return executeQueryPlan(
          { kind: 'QueryPlan', node: eventNode },
          eventServices,
          requestContext,
          operationContext,
          executableSupergraph,
          federationApiSchema,
        );
      },
    };
  };
  return { plan };
}

const pick = (
  variables: Operation['variables'],
  { variableUsages = [] }: FetchNode,
): Record<string, unknown> =>
  Object.fromEntries(
    variableUsages.filter((name) => name in variables).map((name) => [name, variables[name]]),
  );

/** The owning subgraph, but for the primary fetch: that one has been answered already, by the event. */
function answerWith(
  { data, errors }: UpstreamEvent,
  primary: FetchNode,
  owner: GraphQLDataSource<GatewayContext>,
): GraphQLDataSource {
  return {
    process: async (options) =>
      options.request.query === primary.operation
        ? { ...(data && { data }), ...(errors && { errors: [...errors] }) }
        : owner.process(options as Parameters<typeof owner.process>[0]),
  };
}
