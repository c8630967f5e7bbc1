import type { SmallSubgraph } from '@affluent/federation-cases';
import { GraphQLError, parse } from 'graphql';
import { expect, test } from 'vitest';

import { context, plain, twoExecutors } from '../testing/two-executors.ts';
import { createGraph } from './graph.ts';

/** Shops, with whatever plans of the federation planner can have in them. */
const SUBGRAPHS: Readonly<Record<string, SmallSubgraph>> = {
  products: {
    sdl: `
      type Query { products: [Product!]! shelf: [[Product]] top: Media broken: Product search: [Found] }
      type Mutation { add(name: String!): Product! remove(id: ID!): Boolean! }
      interface Media @key(fields: "id") { id: ID! title: String }
      type Book implements Media @key(fields: "id") { id: ID! title: String pages: Int }
      type Film implements Media @key(fields: "id") { id: ID! title: String minutes: Int! }
      union Found = Product | Book
      enum Size { SMALL LARGE }
      type Box @shareable { width: Int! height: Int }
      type Product @key(fields: "id") @key(fields: "sku") {
        id: ID! sku: String! name: String size: Size price: Int weight: Int box: Box boxes: [Box!] kind: String!
      }`,
    resolvers: {
      Query: {
        products: () => PRODUCTS,
        shelf: () => [[PRODUCTS[0], null], null, [PRODUCTS[1]]],
        top: () => ({ __typename: 'Film', id: 'f', title: 'Heat', minutes: 170 }),
        broken: () => {
          throw new GraphQLError('no', { extensions: { code: 'NOT_FOUND' } });
        },
        search: () => [
          { __typename: 'Product', ...PRODUCTS[0] },
          { __typename: 'Book', id: 'b', title: 'Dune', pages: 412 },
        ],
      },
      Mutation: { add: () => PRODUCTS[0], remove: () => true },
      Product: {
        __resolveReference: ({ id }: { id: string }) => PRODUCTS.find((each) => each.id === id),
      },
      Media: {
        __resolveReference: ({ id }: { id: string }) => ({ __typename: 'Book', id, title: 'Dune' }),
      },
      Book: { __resolveReference: ({ id }: { id: string }) => ({ id, title: 'Dune', pages: 412 }) },
      Film: {
        __resolveReference: ({ id }: { id: string }) => ({ id, title: 'Heat', minutes: 170 }),
      },
    },
  },
  stock: {
    sdl: `
      type Query { warehouse: Warehouse }
      type Warehouse { name: String main: Product }
      type Product @key(fields: "id") {
        id: ID!
        weight: Int @external
        price: Int @external
        box: Box @external
        count: Int
        must: Int!
        shipping: Int @requires(fields: "weight price")
        volume: Int @requires(fields: "box { width height }")
        depots: [Depot!]
      }
      type Box @shareable { width: Int! height: Int }
      type Depot { city: String! product: Product! }`,
    resolvers: {
      Query: { warehouse: () => ({ name: 'north', main: { id: '2' } }) },
      Product: {
        __resolveReference: (reference: { id: string }) =>
          reference.id === '3' ? null : reference,
        count: ({ id }: { id: string }) => {
          if (id === '2') throw new GraphQLError('not counted', { extensions: { code: 'BUSY' } });
          return Number(id) * 10;
        },
        must: ({ id }: { id: string }) => (id === '2' ? null : 1),
        shipping: ({ weight, price }: { weight: number; price: number }) => weight + price,
        volume: ({ box }: { box: { width: number; height: number } | null }) =>
          box && box.width * box.height,
        depots: ({ id }: { id: string }) => [{ city: `c${id}`, product: { id } }],
      },
    },
  },
  reviews: {
    sdl: `
      type Query { latest: [Review!]! rated: [Media!] }
      type Review { text: String about: Product author: String }
      type Product @key(fields: "id") { id: ID! reviews(first: Int = 1): [Review!]! }
      type Media @interfaceObject @key(fields: "id") { id: ID! rating: Int }`,
    resolvers: {
      Query: {
        latest: () => [
          { text: 'good', about: { id: '1' } },
          { text: 'bad', about: null },
        ],
        rated: () => [{ id: 'b' }, { id: 'b2' }],
      },
      Product: {
        reviews: ({ id }: { id: string }, { first }: { first: number }) =>
          Array.from({ length: first }, (_, at) => ({
            text: `r${id}-${at}`,
            about: { id },
            author: null,
          })),
      },
      Media: { rating: () => 4 },
    },
  },
};
const PRODUCTS = [
  {
    id: '1',
    sku: 'a',
    name: 'Lamp',
    size: 'SMALL',
    price: 30,
    weight: 2,
    box: { width: 2, height: 3 },
    boxes: [{ width: 1, height: null }],
    kind: 'x',
  },
  {
    id: '2',
    sku: 'b',
    name: null,
    size: null,
    price: null,
    weight: 5,
    box: null,
    boxes: [],
    kind: 'y',
  },
  {
    id: '3',
    sku: 'c',
    name: 'Desk',
    size: 'LARGE',
    price: 9,
    weight: 90,
    box: { width: 9, height: 9 },
    boxes: null,
    kind: 'z',
  },
];

const { supergraphSdl, subgraphs, byUs, byApollo } = twoExecutors(SUBGRAPHS);

test.each([
  ['one subgraph', '{ products { id name size box { width } boxes { width height } } }'],
  [
    'aliases, also of names that objects have',
    '{ constructor: products { toString: name id2: id hasOwnProperty: size } }',
  ],
  ['lists of lists', '{ shelf { name count } }'],
  ['what is required of another subgraph', '{ products { shipping volume } }'],
  [
    'there and back again',
    '{ products { depots { city product { name reviews { about { size } } } } } }',
  ],
  [
    'from a subgraph that knows the key only',
    '{ warehouse { name main { name kind reviews(first: 2) { text } } } }',
  ],
  ['a list with nulls', '{ latest { text about { name count } } }'],
  ['an error in an entity', '{ products { name count } }'],
  ['a null that may not be', '{ products { id must } }'],
  ['a failed root field', '{ broken { id } products { id } }'],
  ['unions', '{ search { __typename ... on Product { name count } ... on Book { title pages } } }'],
  [
    'an interface object',
    '{ top { __typename id title rating ... on Film { minutes } ... on Book { pages } } }',
  ],
  [
    'an interface object, of which nothing depends on its own type',
    '{ rated { rating ...M ... { key: id } } } fragment M on Media { id }',
  ],
  [
    'an interface object of whose own type something is asked',
    '{ rated { __typename rating ... on Book { pages } } }',
  ],
  [
    'fragments that say the same twice',
    '{ products { ...A ...B } } fragment A on Product { box { width } } fragment B on Product { name box { height width } }',
  ],
  ['the type of roots', '{ __typename r: __typename products { __typename id } }'],
  ['nothing at all', '{ __typename }'],
])('answers as @apollo/gateway does: %s', async (_case, source) => {
  const ours = await byUs(source);
  expect(plain(ours)).toEqual(plain(await byApollo(source)));
  expect(JSON.stringify(ours.data)).toBe(JSON.stringify((await byApollo(source)).data));
});

const CONDITIONAL = `query ($a: Boolean!, $b: Boolean = true, $first: Int) {
  products { id name @skip(if: $a) count @include(if: $b) reviews(first: $first) @include(if: $a) { text } }
  latest @skip(if: $b) { text }
  ... @include(if: $a) { warehouse { name } }
}`;
test.each([
  [{ a: true }],
  [{ a: false }],
  [{ a: true, b: false, first: 2 }],
  [{ a: false, b: false, first: null }],
])('conditions and defaults: %j', async (variables) => {
  expect(plain(await byUs(CONDITIONAL, variables))).toEqual(
    plain(await byApollo(CONDITIONAL, variables)),
  );
});

test('mutations run one after the other', async () => {
  const source =
    'mutation { a: add(name: "x") { id count } remove(id: "1") b: add(name: "y") { name } }';
  expect(plain(await byUs(source))).toEqual(plain(await byApollo(source)));
});

test('the schema answers for itself, beside data', async () => {
  const { data } = await byUs(
    'query ($name: String!) { __type(name: $name) { ...T } products { id } s: __schema { queryType { name } } } fragment T on __Type { name kind }',
    { name: 'Product' },
  );
  expect(data).toMatchObject({
    __type: { name: 'Product', kind: 'OBJECT' },
    products: [{ id: '1' }, { id: '2' }, { id: '3' }],
    s: { queryType: { name: 'Query' } },
  });
});

test('an invalid value is an error at its path, and nulls the field around it', async () => {
  const graph = createGraph(supergraphSdl, {
    ...subgraphs,
    products: async () => ({
      data: { products: [{ id: '1', size: 'HUGE', box: { width: null } }] },
    }),
  });
  const source = '{ products { id size box { width } } }';
  const result = await graph.run({ document: parse(source), queryHash: source }, context);
  expect(plain(result)).toEqual({
    data: { products: [{ id: '1', size: null, box: null }] },
    errors: [
      { message: 'Size has no such value.', path: ['products', 0, 'size'] },
      {
        message: 'Cannot return null for non-nullable field Box.width.',
        path: ['products', 0, 'box', 'width'],
      },
    ],
  });
});

test('a subgraph that fails leaves the rest standing; errors name the fields and the subgraph', async () => {
  const graph = createGraph(supergraphSdl, {
    ...subgraphs,
    reviews: async () => {
      throw new GraphQLError('It does not answer.', { extensions: { code: 'UNAVAILABLE' } });
    },
    stock: async () => ({ data: { _entities: [] } }),
  });
  const source = '{ top { title rating } products { name count } }';
  const { data, errors = [] } = await graph.run(
    { document: parse(source), queryHash: source },
    context,
  );
  expect(data).toMatchObject({
    top: { title: 'Heat', rating: null },
    products: [{ name: 'Lamp', count: null }, {}, {}],
  });
  expect(errors.map(({ path, extensions }) => [path, extensions])).toEqual(
    expect.arrayContaining([
      [['top', 'rating'], { code: 'UNAVAILABLE', serviceName: 'reviews' }],
      [['products', 0, 'count'], { serviceName: 'stock' }],
      [['products', 1, 'count'], { serviceName: 'stock' }],
      [['products', 2, 'count'], { serviceName: 'stock' }],
    ]),
  );
});

test('an interface object whose own type no subgraph knows is null where that type matters', async () => {
  const graph = createGraph(supergraphSdl, {
    ...subgraphs,
    products: async () => ({ data: { _entities: [{ __typename: 'Book', pages: 412 }, null] } }),
  });
  const run = async (source: string) =>
    plain(await graph.run({ document: parse(source), queryHash: source }, context));
  const errors = [
    { message: 'No subgraph said which type of Media this object is.', path: ['rated', 1] },
  ];
  for (const selection of ['__typename', '... on Book { pages }'])
    expect(await run(`{ rated { id ${selection} } }`)).toEqual({ data: { rated: null }, errors });
  expect(await run('{ rated { id rating } }')).toEqual({
    data: {
      rated: [
        { id: 'b', rating: 4 },
        { id: 'b2', rating: 4 },
      ],
    },
    errors: [],
  });
});

test('a field cannot take the place of a prototype', async () => {
  await expect(byUs('{ __proto__: products { id } }')).rejects.toThrow('__proto__');
});

test('an entity that stands in many places is asked for once', async () => {
  const asked: unknown[] = [];
  const graph = createGraph(supergraphSdl, {
    ...subgraphs,
    products: async () => ({
      data: { products: ['1', '2', '1', '1'].map((id) => ({ __typename: 'Product', id })) },
    }),
    stock: async ({ variables }) => {
      asked.push(variables.representations);
      return { data: { _entities: [{ count: 1 }, { count: 2 }] } };
    },
  });
  const source = '{ products { count } }';
  const { data } = await graph.run({ document: parse(source), queryHash: source }, context);
  expect(asked).toEqual([
    [
      { __typename: 'Product', id: '1' },
      { __typename: 'Product', id: '2' },
    ],
  ]);
  expect(data).toEqual({ products: [{ count: 1 }, { count: 2 }, { count: 1 }, { count: 1 }] });
});

test('a supergraph with a subgraph that nobody knows is refused', () => {
  const { stock: _, ...others } = subgraphs;
  expect(() => createGraph(supergraphSdl, others)).toThrow(
    'No URL is configured for the subgraph "stock".',
  );
});

test('a graph takes over the plans of the one before, the most used first, but for what is not valid any more', async () => {
  const before = createGraph(supergraphSdl, subgraphs);
  const ask = async (source: string) =>
    before.run({ document: parse(source), queryHash: source }, context);
  await ask('{ latest { text } }');
  await ask('{ products { id } }');
  await ask('{ products { id } }');
  const operations = before.mostUsed();
  expect(operations.map(({ queryHash, uses }) => [queryHash, uses])).toEqual([
    ['{ products { id } }', 2],
    ['{ latest { text } }', 1],
  ]);
  const after = createGraph(supergraphSdl.replaceAll(/\blatest\b/g, 'newest'), subgraphs);
  await after.warmUp(operations);
  expect(after.mostUsed().map(({ queryHash }) => queryHash)).toEqual(['{ products { id } }']);
});
