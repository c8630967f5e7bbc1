import { compose, type SmallSubgraph } from '@affluent/federation-cases';
import { type ExecutionResult, GraphQLError, parse, validate } from 'graphql';
import { expect } from 'vitest';

import type { DeferredAnswer, Deferral, LaterPart } from '../context.ts';
import { createGraph } from '../graph/graph.ts';
import type { AskSubgraph } from '../graph/subgraph.ts';
import { askOf } from './small-graph.ts';
import { context } from './two-executors.ts';

const PRODUCTS = [
  { __typename: 'Book', id: '1', name: 'Dune', pages: 412, maker: { id: 'm' } },
  { __typename: 'Film', id: '2', name: 'Heat', maker: { id: 'n' } },
];
const SHOP: SmallSubgraph = {
  sdl: `
    type Query { products: [Product!]! product(id: ID!): Product box: Box }
    type Mutation { rename(id: ID!, name: String!): Product! }
    interface Product { id: ID! name: String maker: Maker }
    type Book implements Product @key(fields: "id") { id: ID! name: String pages: Int maker: Maker }
    type Film implements Product @key(fields: "id") { id: ID! name: String maker: Maker }
    type Maker @key(fields: "id") { id: ID! }
    type Box { width: Int height: Int }`,
  resolvers: {
    Query: {
      products: () => PRODUCTS,
      product: (_: unknown, { id }: { id: string }) => PRODUCTS.find((each) => each.id === id),
      box: () => ({ width: 1, height: 2 }),
    },
    Mutation: {
      rename: (_: unknown, { id, name }: { id: string; name: string }) => ({
        ...PRODUCTS.find((each) => each.id === id),
        name,
      }),
    },
    Book: {
      __resolveReference: ({ id }: { id: string }) => PRODUCTS.find((each) => each.id === id),
    },
    Film: {
      __resolveReference: ({ id }: { id: string }) => PRODUCTS.find((each) => each.id === id),
    },
  },
};
const stock = {
  __resolveReference: ({ id }: { id: string }) => ({ id }),
  count: ({ id }: { id: string }) => Number(id) * 10,
  must: ({ id }: { id: string }) => (id === '2' ? null : 1),
  lots: ({ id }: { id: string }) => [{ size: Number(id) }, { size: 7 }],
  risky: ({ id }: { id: string }) => {
    if (id === '1') return 1;
    throw new GraphQLError('no', { extensions: { code: 'NOT_FOUND' } });
  },
};
const STOCK: SmallSubgraph = {
  sdl: `
    type Query { shelves: [String!] }
    type Book @key(fields: "id") { id: ID! count: Int must: Int! lots: [Lot!] risky: Int }
    type Film @key(fields: "id") { id: ID! count: Int must: Int! lots: [Lot!] risky: Int }
    type Lot { size: Int }
    type Maker @key(fields: "id") { id: ID! city: City }
    type City @key(fields: "name") { name: String! }`,
  resolvers: {
    Query: { shelves: () => ['A', 'B'] },
    Book: stock,
    Film: stock,
    Maker: {
      __resolveReference: ({ id }: { id: string }) => ({ id }),
      city: ({ id }: { id: string }) => ({ name: `City of ${id}` }),
    },
  },
};
const MAPS: SmallSubgraph = {
  sdl: `type City @key(fields: "name") { name: String! people: Int }`,
  resolvers: {
    City: {
      __resolveReference: ({ name }: { name: string }) => ({ name }),
      people: ({ name }: { name: string }) => name.length,
    },
  },
};

const SMALL = { shop: SHOP, stock: STOCK, maps: MAPS };
const { supergraphSdl = '' } = compose(
  Object.fromEntries(Object.entries(SMALL).map(([name, { sdl }]) => [name, sdl])),
);

/** A test holds a subgraph's answers back, or has it fail. */
export const before = new Map<string, () => Promise<void>>();
export const fetches: string[] = [];
const subgraphs = Object.fromEntries(
  Object.entries(SMALL).map(([name, subgraph]): [string, AskSubgraph] => {
    const answer = askOf(subgraph);
    return [
      name,
      async (request, asking) => {
        fetches.push(`${name} ${request.query}`);
        await before.get(name)?.();
        return answer(request, asking);
      },
    ];
  }),
);
export const graph = createGraph(supergraphSdl, subgraphs);

type Variables = Readonly<Record<string, unknown>>;

export async function start(source: string, variables: Variables = {}) {
  const document = parse(source);
  expect(validate(graph.schema, document)).toEqual([]);
  const deferral: Deferral = {};
  const request = { document, queryHash: source, variables };
  const first = await graph.run(request, { ...context, deferral });
  return { first, later: deferral.later };
}

/** All parts of an answer, as they would be sent. */
export async function inParts(source: string, variables: Variables = {}) {
  const { first, later } = await start(source, variables);
  const parts: LaterPart[] = [];
  for await (const part of later ?? []) parts.push(part);
  expect(parts.map(({ hasNext }) => hasNext)).toEqual(
    parts.map((_, index) => index < parts.length - 1),
  );
  return structuredClone({
    first: JSON.parse(JSON.stringify(first)) as ExecutionResult,
    later: JSON.parse(
      JSON.stringify(parts.flatMap(({ incremental }) => incremental)),
    ) as DeferredAnswer[],
  });
}

/** What a client has in the end. */
export function merged({ first, later }: Awaited<ReturnType<typeof inParts>>): unknown {
  const whole: unknown = structuredClone(first.data);
  for (const { path, data } of later) {
    const target = path.reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], whole);
    mergeDeep(target as Record<string, unknown>, data ?? {});
  }
  return whole;
}

function mergeDeep(target: Record<string, unknown>, source: Record<string, unknown>): void {
  for (const [key, value] of Object.entries(source)) {
    const present = target[key];
    if (typeof present === 'object' && present !== null && typeof value === 'object' && value)
      mergeDeep(present as Record<string, unknown>, value as Record<string, unknown>);
    else target[key] = value;
  }
}

/** Holds a subgraph's answers back until the function that it returns is called. */
export const gate = (subgraph: string): (() => void) => {
  const { promise, resolve } = Promise.withResolvers<void>();
  before.set(subgraph, () => promise);
  return resolve;
};
