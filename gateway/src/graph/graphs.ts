import type { ApolloServerOptionsWithGateway } from '@apollo/server';
import type { GraphQLSchema } from 'graphql';

import type { GatewayContext } from '../context.ts';
import type { Graph } from './graph.ts';

type GatewayInterface = ApolloServerOptionsWithGateway<GatewayContext>['gateway'];
type Listener = Parameters<GatewayInterface['onSchemaLoadOrUpdate']>[0];

/** The graph in force, which another may follow while operations run. */
export interface Graphs {
  readonly current: () => Graph;
  /** Puts another graph in force, for operations that begin from now on. */
  readonly replace: (graph: Graph, supergraphSdl: string) => void;
  /** The way Apollo Server sees a gateway. */
  readonly gateway: GatewayInterface;
}

/** Each operation runs to its end in the graph that it was validated by. */
export function createGraphs(first: Graph, supergraphSdl: string): Graphs {
  let current = { graph: first, supergraphSdl };
  const bySchema = new WeakMap<GraphQLSchema, Graph>([[first.schema, first]]);
  const listeners = new Set<Listener>();
  const tell = (listener: Listener): void =>
    listener({ apiSchema: current.graph.schema, coreSupergraphSdl: current.supergraphSdl });
  return {
    current: () => current.graph,
    replace(graph, sdl) {
      bySchema.set(graph.schema, graph);
      current = { graph, supergraphSdl: sdl };
      listeners.forEach(tell);
    },
    gateway: {
      onSchemaLoadOrUpdate(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      async load() {
        listeners.forEach(tell);
        return {
          async executor({ schema, document, queryHash, request, context }) {
            const graph = bySchema.get(schema) ?? current.graph;
            const { operationName, variables } = request;
            return graph.run(
              { document, queryHash, operationName, variables },
              context as GatewayContext,
            );
          },
        };
      },
      async stop() {},
    },
  };
}
