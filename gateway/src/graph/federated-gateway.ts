import type { Logger } from '@affluent/service';
import { ApolloGateway, type GraphQLDataSource, type SupergraphManager } from '@apollo/gateway';
import { extendSchema, type GraphQLSchema, parse } from 'graphql';

import { DEFER_SDL } from '../ast/defers.ts';
import type { GatewayContext } from '../context.ts';
import type { AskSubgraph, SubgraphRequest, Subgraphs } from './subgraph.ts';

export type Executor = ApolloGateway['executor'];

interface FederatedGatewayOptions {
  /** Provides the supergraph, and later ones after it. */
  readonly supergraphSdl: SupergraphManager;
  readonly subgraphs: Subgraphs;
  /** Executes operations, given Apollo's executor. */
  readonly executor: (apollo: Executor) => Executor;
  readonly logger: Logger;
}

/**
 * Apollo's gateway with an executor of our own. Fetches of either executor use our connections to the subgraphs.
 */
export class FederatedGateway extends ApolloGateway {
  constructor({ supergraphSdl, subgraphs, executor, logger }: FederatedGatewayOptions) {
    // Otherwise it reports the machine that it runs on to Apollo.
    process.env.APOLLO_TELEMETRY_DISABLED = 'true';
    super({
      supergraphSdl,
      logger,
      validateSupergraph: true,
      __exposeQueryPlanExperimental: false,
      buildService: ({ name }) => dataSource(name, subgraphs[name]),
    });
    this.executor = executor(this.executor);
  }

  /** Adds `@defer`, which Apollo's gateway hides from clients because its executor cannot run it. */
  override onSchemaLoadOrUpdate(
    callback: Parameters<ApolloGateway['onSchemaLoadOrUpdate']>[0],
  ): ReturnType<ApolloGateway['onSchemaLoadOrUpdate']> {
    return super.onSchemaLoadOrUpdate(({ apiSchema, ...rest }) =>
      callback({ ...rest, apiSchema: withDefer(apiSchema) }),
    );
  }
}

const schemasWithDefer = new WeakMap<GraphQLSchema, GraphQLSchema>();

function withDefer(schema: GraphQLSchema): GraphQLSchema {
  const extended = schemasWithDefer.get(schema) ?? extendSchema(schema, parse(DEFER_SDL));
  schemasWithDefer.set(schema, extended);
  return extended;
}

const dataSource = (name: string, ask: AskSubgraph | undefined): GraphQLDataSource => ({
  async process({ request, context }) {
    if (!ask) throw new Error(`No URL is configured for the subgraph "${name}".`);
    const { query = '', variables = {}, operationName } = request;
    const asked = { query, variables, operationName, kind: kindOf(query) };
    return (await ask(asked, context as GatewayContext)) as DataSourceAnswer;
  },
});

type DataSourceAnswer = Awaited<ReturnType<GraphQLDataSource['process']>>;

/** Operations of the query planner begin with their kind, or are queries in short form. */
const kindOf = (query: string): SubgraphRequest['kind'] =>
  query.startsWith('mutation') ? 'mutation' : 'query';
