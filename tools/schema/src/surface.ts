import { Supergraph } from '@apollo/federation-internals';
import type { GraphQLSchema } from 'graphql';

/** A change that may break a client or the running gateway. */
export interface BreakingChange {
  /** What changed. Stable: accepted changes are found by it. */
  readonly message: string;
  /** Operations that use this schema coordinate may break. Absent: only the gateway is affected. */
  readonly concerns?: string;
}

/** What a supergraph offers to clients and to the gateway. */
export interface Surface {
  /** The graph as clients see it. */
  readonly api: GraphQLSchema;
  /** What the gateway relies on, by subgraph. */
  readonly subgraphs: ReadonlyMap<string, GraphQLSchema>;
  readonly sdl: string;
}

/** @throws {Error} when `sdl` is not a supergraph. */
export function surfaceOf(sdl: string): Surface {
  const supergraph = Supergraph.build(sdl, { supportedFeatures: null });
  const subgraphs = [...supergraph.subgraphs().values()];
  return {
    api: supergraph.apiSchema().toGraphQLJSSchema({ includeDefer: true }),
    subgraphs: new Map(subgraphs.map(({ name, schema }) => [name, schema.toGraphQLJSSchema()])),
    sdl,
  };
}
