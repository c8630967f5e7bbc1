import { compose } from '@affluent/federation-cases';
import { buildSchema, type DocumentNode, parse, printSchema } from 'graphql';
import { afterAll, expect, test } from 'vitest';

import { startSmallGraph } from '../testing/small-graph.ts';
import { createCostControl } from './cost-control.ts';
import { SHAPE_LIMITS } from './limits.ts';

const LIBRARY = `
  extend schema @link(url: "https://affluent.invalid/listSizes/v0.1", import: ["@slicingInput"]) @composeDirective(name: "@slicingInput")
  directive @slicingInput(path: String!) on FIELD_DEFINITION
  type Query {
    book: Book
    shelf: [Book!]!
    holdings: [Holding] @listSize(assumedSize: 4)
    books(first: Int = 20, last: Int, filter: [Filter!], sort: Sort): Books
      @listSize(slicingArguments: ["first", "last"], sizedFields: ["edges", "nodes"])
    pages(limit: Int): [Page] @listSize(slicingArguments: ["limit"])
    any(limit: Int, most: Int = 3): [Page] @listSize(assumedSize: 7, slicingArguments: ["limit", "most"], requireOneSlicingArgument: false)
    curve(input: CurveInput!): Curve @listSize(assumedSize: 1000, sizedFields: ["points"]) @slicingInput(path: "input.range.most")
    search(text: String @cost(weight: 5), filter: Filter): Int @cost(weight: 2)
  }
  type Mutation { lend(id: ID!): Book @cost(weight: 100) }
  type Subscription { lent: Book }
  interface Holding { id: ID! }
  type Book implements Holding @key(fields: "id") { id: ID! title: String summary: String @cost(weight: 3) pages: [Page] size: Size }
  type Map implements Holding @cost(weight: 9) { id: ID! }
  type Books { edges: [Edge] nodes: [Book] total: Int }
  type Edge @cost(weight: 0) { node: Book }
  type Curve { points: [Page] }
  input CurveInput { range: Range = { most: 30 } }
  input Range { from: Int most: Int = 20 }
  type Page { text: String }
  enum Size @cost(weight: 4) { SMALL LARGE }
  enum Sort { UP DOWN }
  input Filter { author: Author title: String @cost(weight: 2) tags: [String!] @cost(weight: 1) }
  input Author { name: String }
`;
const PRICES = 'type Book @key(fields: "id") { id: ID! price: Int @cost(weight: 6) }';

const { supergraphSdl = '', errors } = compose({ library: LIBRARY, prices: PRICES });
if (errors) throw new Error(errors.join('\n'));
const graph = await startSmallGraph({
  library: { sdl: LIBRARY, resolvers: {} },
  prices: { sdl: PRICES, resolvers: {} },
});
afterAll(() => graph[Symbol.asyncDispose]());
const { measure, measureAnswer } = createCostControl(graph.schema, supergraphSdl, SHAPE_LIMITS);
const costOf = (query: string, variables = {}): number =>
  measure(parse(query), undefined, variables).cost;

test.each([
  [
    'an object is 1, its values nothing, the operation itself 1',
    '{ book { id title } __typename }',
    2,
  ],
  ['a mutation is 10, and its field what stands on it', 'mutation { lend(id: 1) { id } }', 110],
  ['a subscription is paid at its start', 'subscription { lent { id } }', 2],
  ['weights on fields, of any subgraph', '{ book { summary price } }', 11],
  ['weights on types and enums', '{ book { size } }', 6],
  ['a list of which nothing is said has ten', '{ shelf { title } }', 11],
  ['lists in lists', '{ shelf { pages { text } } }', 111],
  [
    'an assumed size, and the dearest of what may be of several types',
    '{ holdings { id ... on Book { summary } } }',
    49,
  ],
  [
    'fields of a fragment as often as it is spread',
    '{ a: book { ...B } b: book { ...B } } fragment B on Book { summary }',
    9,
  ],
  [
    'sized fields, through fragments too',
    '{ books(first: 3) { edges { node { title } } ...N } } fragment N on Books { nodes { id } total }',
    8,
  ],
  ['the default of a slicing argument', '{ books { nodes { id } } }', 22],
  ['the other slicing argument in its stead', '{ books(last: 5) { nodes { id } } }', 7],
  ['what would be counted backwards counts nothing', '{ books(first: -5) { nodes { id } } }', 2],
  ['several that may be given: the largest', '{ any(limit: 2) { text } }', 4],
  ['weights of arguments', '{ search(text: "x") }', 8],
  [
    'input objects and what is in them',
    '{ search(filter: { author: { name: "A" }, title: "T", tags: ["a", "b"] }) }',
    10,
  ],
  [
    'lists of input objects',
    '{ books(first: 1, filter: [{ title: "a" }, { author: {} }]) { total } }',
    7,
  ],
  ['conditions count as met', '{ book @skip(if: true) { summary } }', 5],
])('%s', (_case, query, cost) => {
  expect(costOf(query)).toBe(cost);
});

test('page sizes by variable: as sent, by the default of the variable, of the argument, or as assumed', () => {
  const query = 'query ($first: Int = 7) { books(first: $first) { nodes { id } } }';
  expect(costOf(query, { first: 100 })).toBe(102);
  expect(costOf(query)).toBe(9);
  expect(costOf(query.replace(' = 7', ''))).toBe(22);
  // Without a size, a list is one of which nothing is said.
  expect(costOf(query, { first: null })).toBe(12);
  expect(costOf(query, { first: 'many' })).toBe(12);
  expect(costOf('query ($l: Int) { any(limit: $l, most: 1) { text } }', { l: 50 })).toBe(51);
});

test.each([
  ['as sent', '{ range: { most: 10 } }', 2 + 10],
  ['by the default of the field', '{ range: {} }', 2 + 20],
  ['by the default of the object', '{}', 1 + 30],
  ['as assumed, when it is null', '{ range: null }', 1 + 1000],
  ['nothing, when it is negative', '{ range: { most: -1 } }', 2],
])('a field of an input object as the size of a list: %s', (_case, input, inputAndPoints) => {
  // The operation itself and the curve are 1 each.
  const expected = 2 + inputAndPoints;
  expect(costOf(`{ curve(input: ${input}) { points { text } } }`)).toBe(expected);
  const sent = JSON.parse(input.replaceAll(/(\w+):/g, '"$1":')) as object;
  const whole = 'query ($input: CurveInput!) { curve(input: $input) { points { text } } }';
  expect(costOf(whole, { input: sent })).toBe(expected);
});

test('a variable inside an input object as the size of a list', () => {
  const query =
    'query ($most: Int) { curve(input: { range: { most: $most } }) { points { text } } }';
  expect(costOf(query, { most: 7 })).toBe(4 + 7);
  expect(costOf(query)).toBe(4 + 20);
});

test('input objects by variable', () => {
  const query =
    'query ($filter: Filter, $name: String) { search(filter: $filter) again: search(filter: { author: { name: $name } }) }';
  const filter = { author: { name: 'A' }, title: 'T', tags: ['a', 'b'], unknown: 1 };
  expect(costOf(query, { filter })).toBe(1 + 9 + 4);
  expect(costOf(query)).toBe(1 + 2 + 4);
});

test.each([
  ['{ pages { text } }', '"pages" needs the argument "limit".'],
  ['{ pages(limit: null) { text } }', '"pages" needs the argument "limit".'],
  [
    '{ books(first: 1, last: 1) { total } }',
    '"books" needs exactly one of the arguments "first", "last".',
  ],
])('a list needs exactly one size: %s', (query, message) => {
  expect(() => costOf(query)).toThrow(message);
});

test('introspection is noticed wherever it stands, and dear', () => {
  const found = measure(
    parse('{ ...Q } fragment Q on Query { ... { s: __schema { types { name } } } }'),
    undefined,
    {},
  );
  expect(found).toEqual({ cost: 1001, introspects: true });
  expect(measure(parse('{ book { __typename } }'), undefined, {}).introspects).toBe(false);
});

test('each operation of a document is measured by itself', () => {
  const document = parse('query A { book { id } } query B { shelf { id } }');
  expect(measure(document, 'A', {}).cost).toBe(2);
  expect(measure(document, 'B', {}).cost).toBe(11);
  expect(() => measure(document, 'C', {})).toThrow('There is no operation "C".');
  expect(() => measure(document, undefined, {})).toThrow('send an "operationName"');
});

test('a document that was not read before is refused by its shape here too', () => {
  expect(() => costOf(`{ book { ${'id '.repeat(100)} } }`)).toThrow(/pairs of fields/);
});

test.each([
  ['of fixed cost', '{ shelf { id title summary price pages { text } } }'],
  [
    'whose cost depends on a variable',
    'query ($first: Int) { books(first: $first) { edges { node { id } } total } }',
  ],
])('a document %s is walked once, however often it is measured', (_case, query) => {
  const { kind, definitions } = parse(query);
  let reads = 0;
  const document: DocumentNode = {
    kind,
    get definitions() {
      reads++;
      return definitions;
    },
  };
  measure(document, undefined, { first: 1 });
  const readsOfOne = reads;
  expect(readsOfOne).toBeGreaterThan(0);
  for (let first = 2; first < 100; first++) measure(document, undefined, { first });
  expect(reads).toBe(readsOfOne);
});

test('what an answer has in it is counted by the same weights', () => {
  const document = parse(
    '{ shelf { t: title summary ...P } book { id } } fragment P on Book { pages { text } size }',
  );
  const data = {
    shelf: [
      { t: 'A', summary: 'a', pages: [{ text: '' }, null], size: 'SMALL' },
      { t: 'B', summary: null, pages: null, size: null },
    ],
    book: null,
  };
  expect(measureAnswer(document, undefined, data)).toBe(2 + 3 + 1 + 4);
});

test('a graph without costs has the usual ones', () => {
  const schema = buildSchema('type Query { a: A list: [A] } type A { b: Int }');
  const plain = createCostControl(schema, printSchema(schema), SHAPE_LIMITS);
  expect(plain.measure(parse('{ a { b } list { b } }'), undefined, {}).cost).toBe(12);
});
