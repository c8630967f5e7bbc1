import { buildSubgraphSchema, type GraphQLResolverMap } from '@apollo/subgraph';
import { printSchemaWithDirectives } from '@graphql-tools/utils';
import { type GraphQLSchema, lexicographicSortSchema, parse } from 'graphql';
import {
  type BuildSchemaOptions,
  buildSchema,
  createResolversMap,
  type PubSub,
} from 'type-graphql';

import { CACHE_CONTROL } from './cache-hint.ts';
import { SLICING_INPUT } from './cost-directives.ts';
import { enforceAccess } from './enforce-access.ts';
import { limitMutations, type MutationLimit } from './limit-mutations.ts';

const FEDERATION = `extend schema @link(
  url: "https://specs.apollo.dev/federation/v2.12"
  import: ["@key", "@shareable", "@external", "@requires", "@provides", "@inaccessible", "@tag", "@authenticated", "@requiresScopes", "@cost", "@listSize", "@composeDirective"]
)

`;

/** Finds the object that another subgraph refers to by its key. */
type ReferenceResolver = (reference: never, context: never) => unknown;

interface SubgraphOptions {
  readonly resolvers: BuildSchemaOptions['resolvers'];
  readonly scalarsMap?: NonNullable<BuildSchemaOptions['scalarsMap']>;
  readonly mutationLimit: MutationLimit;
  /** By type name: how an entity of this subgraph is found from its key. */
  readonly references?: Readonly<Record<string, ReferenceResolver>>;
}

/** A subgraph's schema, executable and as printed in `schema.graphql`. */
export interface Subgraph {
  readonly schema: GraphQLSchema;
  readonly sdl: string;
}

/** type-graphql requires one; our subscriptions have their own source (`subscribe`). */
const pubSub: PubSub = {
  publish() {},
  subscribe() {
    throw new Error('A subscription must have a source (`subscribe`).');
  },
};

/** Builds a Federation 2 subgraph from type-graphql classes. */
export async function buildSubgraph({
  resolvers,
  scalarsMap = [],
  mutationLimit,
  references = {},
}: SubgraphOptions): Promise<Subgraph> {
  const classes = await buildSchema({
    resolvers,
    scalarsMap,
    pubSub,
    validate: { forbidUnknownValues: false },
  });
  const types = printSchemaWithDirectives(lexicographicSortSchema(classes));
  const slicing = types.includes('@slicingInput') ? SLICING_INPUT : '';
  const sdl = `${FEDERATION}${slicing}${CACHE_CONTROL}\n\n${types}\n`;
  const map: Record<string, object> = createResolversMap(classes);
  for (const [type, __resolveReference] of Object.entries(references)) {
    Object.assign((map[type] ??= {}), { __resolveReference });
  }
  const typeDefs = parse(sdl);
  const schema = buildSubgraphSchema([{ typeDefs, resolvers: map as GraphQLResolverMap }]);
  limitMutations(schema, mutationLimit);
  enforceAccess(schema, typeDefs);
  return { schema, sdl };
}
