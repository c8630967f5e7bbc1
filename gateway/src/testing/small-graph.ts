import { composeServices } from '@apollo/composition';
import { ApolloGateway, type GraphQLDataSource } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { buildSubgraphSchema, type GraphQLResolverMap } from '@apollo/subgraph';
import { type ExecutionResult, graphql, parse } from 'graphql';

import { type AccessControl, createAccessControl } from '../access/access-control.ts';
import { enforcingGateway } from '../access/enforcing-gateway.ts';
import {
  createSubscriptionPlanner,
  type SubscriptionPlanner,
} from '../subscriptions/subscription-planner.ts';
import { withoutAccessRules } from '../supergraph/without-access-rules.ts';

const FEDERATION = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.12",
  import: ["@key", "@requires", "@context", "@fromContext", "@external", "@shareable", "@authenticated", "@requiresScopes"])`;

export interface SmallSubgraph {
  readonly sdl: string;
  readonly resolvers: GraphQLResolverMap;
}

/** What composition says of subgraphs: a supergraph, or what is wrong. */
export const compose = (sdls: Readonly<Record<string, string>>) =>
  composeServices(
    Object.entries(sdls).map(([name, sdl]) => ({
      name,
      url: `http://${name}.invalid`,
      typeDefs: parse(FEDERATION + sdl),
    })),
  );

/**
 * A graph of a test's own behind the gateway's access control, composed, planned and run as the real one. Its subgraphs
 * enforce nothing: what they answer is what the gateway let through.
 */
export async function startSmallGraph(subgraphs: Readonly<Record<string, SmallSubgraph>>) {
  const sdls = Object.entries(subgraphs).map(([name, { sdl }]) => [name, sdl] as const);
  const { supergraphSdl, errors } = compose(Object.fromEntries(sdls));
  if (!supergraphSdl) throw new Error(errors?.join('\n'));
  const fetches: string[] = [];
  const sourceOf = (name: string): GraphQLDataSource => {
    const { sdl, resolvers } = subgraphs[name] ?? { sdl: '', resolvers: {} };
    const schema = buildSubgraphSchema([{ typeDefs: parse(FEDERATION + sdl), resolvers }]);
    return {
      async process({ request: { query = '', variables } }) {
        fetches.push(query);
        const answer = await graphql({ schema, source: query, variableValues: variables });
        // As it comes over HTTP.
        return JSON.parse(JSON.stringify(answer)) as Awaited<
          ReturnType<GraphQLDataSource['process']>
        >;
      },
    };
  };
  const services = Object.fromEntries(Object.keys(subgraphs).map((name) => [name, sourceOf(name)]));
  const gateway = new ApolloGateway({
    supergraphSdl: withoutAccessRules(supergraphSdl),
    buildService: ({ name }) => services[name] ?? sourceOf(name),
  });
  let loaded: { access: AccessControl; planner: SubscriptionPlanner } | undefined;
  gateway.onSchemaLoadOrUpdate(({ apiSchema, coreSupergraphSdl }) => {
    loaded = {
      access: createAccessControl(apiSchema, supergraphSdl),
      planner: createSubscriptionPlanner(coreSupergraphSdl, apiSchema, services),
    };
  });
  const graph = () => {
    if (!loaded) throw new Error('The supergraph is not loaded');
    return loaded;
  };
  const server = new ApolloServer({ gateway: enforcingGateway(gateway, () => graph().access) });
  await server.start();
  return {
    ...graph(),
    /** What was asked of the subgraphs since this was last read. */
    takeFetches: (): string => fetches.splice(0).join('\n'),
    /** Runs an operation for a caller with these scopes, or for nobody. */
    async run(
      query: string,
      scopes: readonly string[] | undefined,
      { variables = {}, operationName }: { variables?: object; operationName?: string } = {},
    ): Promise<ExecutionResult> {
      const { body } = await server.executeOperation(
        {
          query,
          variables: { ...variables },
          ...(operationName !== undefined && { operationName }),
        },
        { contextValue: { identity: scopes && { scopes: new Set(scopes) } } },
      );
      if (body.kind !== 'single') throw new Error('One answer was expected');
      return JSON.parse(JSON.stringify(body.singleResult)) as ExecutionResult;
    },
    async [Symbol.asyncDispose]() {
      await server.stop();
    },
  };
}
