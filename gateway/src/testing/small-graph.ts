import { schemaOf, type SmallSubgraph, supergraphOf } from '@affluent/federation-cases';
import { createLog } from '@affluent/service';
import { ApolloServer } from '@apollo/server';
import { type ExecutionResult, graphql } from 'graphql';

import { createGraphs, type Graphs } from '../graph/graphs.ts';
import type { AskSubgraph, SubgraphAnswer } from '../graph/subgraph.ts';
import { inCurrentGraph } from './in-current-graph.ts';

/** Answers for a subgraph as it would over HTTP. */
export function askOf(subgraph: SmallSubgraph): AskSubgraph {
  const schema = schemaOf(subgraph);
  return async ({ query, variables }) =>
    JSON.parse(
      JSON.stringify(await graphql({ schema, source: query, variableValues: { ...variables } })),
    ) as SubgraphAnswer;
}

/**
 * A graph of a test's own behind the gateway's access control, composed, planned and run as the real one. Its subgraphs
 * enforce nothing: what they answer is what the gateway let through.
 */
export async function startSmallGraph(subgraphs: Readonly<Record<string, SmallSubgraph>>) {
  const supergraphSdl = supergraphOf(subgraphs);
  const fetches: string[] = [];
  const asked = Object.fromEntries(
    Object.entries(subgraphs).map(([name, subgraph]): [string, AskSubgraph] => {
      const ask = askOf(subgraph);
      return [
        name,
        async (request, context) => {
          fetches.push(request.query);
          return ask(request, context);
        },
      ];
    }),
  );
  const graphs: Graphs = createGraphs({
    follow: async () => ({ sdl: supergraphSdl, stop: async () => {} }),
    subgraphs: asked,
    executor: inCurrentGraph(() => graphs),
    log: createLog({ service: 'test', level: 'silent' }),
  });
  const server = new ApolloServer({ gateway: graphs.gateway });
  await server.start();
  return {
    ...graphs.current(),
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
