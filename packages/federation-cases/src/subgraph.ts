import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema, type GraphQLResolverMap } from '@apollo/subgraph';
import { type GraphQLSchema, parse } from 'graphql';

/** A subgraph of a test: what it offers, and how it answers. */
export interface SmallSubgraph {
  /** Without the link to the federation specification. */
  readonly sdl: string;
  readonly resolvers: GraphQLResolverMap;
}

const FEDERATION = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.12",
  import: ["@key", "@requires", "@interfaceObject", "@context", "@fromContext", "@external", "@shareable", "@authenticated", "@requiresScopes", "@cost", "@listSize", "@composeDirective"])`;

/** What composition says of subgraphs: a supergraph, or what is wrong. */
export const compose = (sdls: Readonly<Record<string, string>>) =>
  composeServices(
    Object.entries(sdls).map(([name, sdl]) => ({
      name,
      url: `http://${name}.invalid`,
      typeDefs: parse(FEDERATION + sdl),
    })),
  );

/** @throws {Error} when the subgraphs do not compose. */
export function supergraphOf(subgraphs: Readonly<Record<string, SmallSubgraph>>): string {
  const sdls = Object.entries(subgraphs).map(([name, { sdl }]) => [name, sdl] as const);
  const { supergraphSdl, errors } = compose(Object.fromEntries(sdls));
  if (!supergraphSdl) throw new Error(errors?.join('\n'));
  return supergraphSdl;
}

/** With which a subgraph answers, also for its entities. */
export const schemaOf = ({ sdl, resolvers }: SmallSubgraph): GraphQLSchema =>
  buildSubgraphSchema([{ typeDefs: parse(FEDERATION + sdl), resolvers }]);
