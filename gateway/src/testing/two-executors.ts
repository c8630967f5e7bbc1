import { type SmallSubgraph, supergraphOf } from '@affluent/federation-cases';
import type { Identity } from '@affluent/service';
import { operationFromDocument, Supergraph } from '@apollo/federation-internals';
import { buildOperationContext, executeQueryPlan, type GraphQLDataSource } from '@apollo/gateway';
import { QueryPlanner } from '@apollo/query-planner';
import { type ExecutionResult, parse, validate } from 'graphql';

import { createGraph, type Graph } from '../graph/graph.ts';
import type { Subgraphs } from '../graph/subgraph.ts';
import { askOf } from './small-graph.ts';

const identity: Identity = {
  userId: 'ada',
  clientId: 'test',
  scopes: new Set(),
  expiresAt: 0,
  token: '',
  grantId: undefined,
  accessTokenId: undefined,
  isClientAlone: false,
  keyThumbprint: undefined,
};
export const context = { identity, requestId: 'test', forget: async () => {} };

type Variables = Readonly<Record<string, unknown>>;

/** The same operations through the gateway's executor and through that of `@apollo/gateway`, before the same subgraphs. */
export interface TwoExecutors {
  readonly supergraphSdl: string;
  readonly subgraphs: Subgraphs;
  /** @throws {GraphQLError} when the gateway refuses the operation. */
  readonly byUs: (source: string, variables?: Variables) => Promise<ExecutionResult>;
  readonly byApollo: (source: string, variables?: Variables) => Promise<ExecutionResult>;
}

/** @throws {Error} when the subgraphs do not compose. */
export function twoExecutors(small: Readonly<Record<string, SmallSubgraph>>): TwoExecutors {
  const supergraphSdl = supergraphOf(small);
  const subgraphs = Object.fromEntries(
    Object.entries(small).map(([name, subgraph]) => [name, askOf(subgraph)]),
  );
  return {
    supergraphSdl,
    subgraphs,
    byUs: (source, variables) => ask(createGraph(supergraphSdl, subgraphs), source, variables),
    byApollo: async (source, variables = {}) => {
      const supergraph = Supergraph.build(supergraphSdl);
      const document = parse(source);
      const federationSchema = supergraph.apiSchema();
      const plan = new QueryPlanner(supergraph).buildQueryPlan(
        operationFromDocument(federationSchema, document),
      );
      const services = Object.fromEntries(
        Object.entries(subgraphs).map(([name, subgraph]) => [
          name,
          {
            process: async ({ request }) => subgraph(request as never, context) as never,
          } as GraphQLDataSource,
        ]),
      );
      const request = { query: source, variables };
      return executeQueryPlan(
        plan,
        services,
        { request, context, metrics: {} } as unknown as Parameters<typeof executeQueryPlan>[2],
        buildOperationContext({
          schema: federationSchema.toGraphQLJSSchema(),
          operationDocument: document,
        }),
        supergraph.schema.toGraphQLJSSchema(),
        federationSchema,
      );
    },
  };
}

/** @throws {GraphQLError} when the operation is not valid, or is refused. */
export async function ask(
  graph: Graph,
  source: string,
  variables: Variables = {},
): Promise<ExecutionResult> {
  const document = parse(source);
  const [error] = validate(graph.schema, document);
  if (error) throw error;
  return graph.run({ document, queryHash: source, variables }, context);
}

/** An answer as a test compares it. */
export const plain = ({ data, errors = [] }: ExecutionResult): unknown =>
  JSON.parse(
    JSON.stringify({ data, errors: errors.map(({ message, path }) => ({ message, path })) }),
  );
