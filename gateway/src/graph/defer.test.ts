import { type ExecutionResult, GraphQLError } from 'graphql';
import { beforeEach, expect, test } from 'vitest';

import { before, fetches, gate, graph, inParts, merged, start } from '../testing/deferred-parts.ts';
import { ask } from '../testing/two-executors.ts';

beforeEach(() => before.clear());

test.each([
  ['a field of another subgraph', '{ product(id: 1) { name ... on Book @defer { count } } }'],
  [
    'a list',
    '{ products { name ... @defer(label: "more") { ... on Book { count } ... on Film { count } } } }',
  ],
  ['the root', '{ product(id: 1) { name } ... @defer { shelves box { width } } }'],
  ['all of it', '{ ... @defer { shelves product(id: 1) { id } } }'],
  ['what has no key', '{ box { width ... @defer { height } } }'],
  ['of the same subgraph', '{ product(id: 1) { name ... on Book @defer { pages } } }'],
  [
    'in each other, over three subgraphs',
    '{ product(id: 1) { ... @defer(label: "a") { maker { ... @defer(label: "b") { city { name ... @defer(label: "c") { people } } } } } } }',
  ],
  [
    'beside each other, of one field',
    '{ product(id: 1) { ... on Book @defer { lots { size } } ... on Book @defer { count lots { size } } } }',
  ],
  [
    'a part of a field that is there already',
    '{ product(id: 1) { maker { id } ... @defer { maker { city { people } } } } }',
  ],
  [
    'a fragment in two places, under names that the plan needs for itself',
    '{ a: product(id: 1) { ...P } b: product(id: 2) { ...P } } fragment P on Product { id: name ... @defer(label: "same") { name: id maker { id: __typename city { id: name } } } }',
  ],
  [
    'a fragment by name',
    '{ products { ...P @defer(label: "p") } } fragment P on Product { name maker { city { name } } }',
  ],
  [
    'after a mutation',
    'mutation { rename(id: 1, name: "New") { name ... on Book @defer { count } } }',
  ],
  ['the schema itself', '{ box { width } ... @defer { __type(name: "Box") { name } __typename } }'],
  [
    'with conditions inside',
    'query ($no: Boolean = false) { product(id: 1) { name ... on Book @defer { pages count @include(if: $no) } } }',
  ],
])('the parts make up the whole: %s', async (_case, source) => {
  const whole = JSON.parse(JSON.stringify(await ask(graph, source))) as ExecutionResult;
  expect(whole.errors).toBeUndefined();
  const parts = await inParts(source);
  expect(parts.later).not.toEqual([]);
  expect(merged(parts)).toEqual(whole.data);
  expect(parts.first.data).not.toEqual(whole.data);
});

test('the first part comes before the subgraph answers whose fields are deferred', async () => {
  const release = gate('stock');
  const { first, later } = await start(
    '{ products { name ... @defer(label: "stock") { ... on Book { count } ... on Film { count } } } }',
  );
  expect(first).toEqual({ data: { products: [{ name: 'Dune' }, { name: 'Heat' }] } });
  const next = later?.next();
  release();
  expect(await next).toEqual({
    value: {
      incremental: [
        { data: { count: 10 }, path: ['products', 0], label: 'stock' },
        { data: { count: 20 }, path: ['products', 1], label: 'stock' },
      ],
      hasNext: false,
    },
    done: false,
  });
  expect(await later?.next()).toEqual({ value: undefined, done: true });
});

test('parts come in the order in which they are there, and what is inside another after it', async () => {
  const release = gate('stock');
  const { later } = await start(`{
    product(id: 1) {
      name
      ... on Book @defer(label: "stock") { count maker { ... @defer(label: "city") { city { name people } } } }
      ... on Book @defer(label: "pages") { pages }
    }
  }`);
  const labels: unknown[] = [];
  for await (const { incremental } of later ?? []) {
    labels.push(...incremental.map(({ label }) => label));
    release();
  }
  expect(labels).toEqual(['pages', 'stock', 'city']);
});

test('a failure belongs to its part, with its path in the whole answer', async () => {
  before.set('stock', async () => {
    throw new GraphQLError('The stock service does not answer.', {
      extensions: { code: 'UNAVAILABLE' },
    });
  });
  const { first, later } = await inParts(
    '{ products { name ... on Book @defer { n: count } ... on Film @defer { must } } }',
  );
  expect(first).toEqual({ data: { products: [{ name: 'Dune' }, { name: 'Heat' }] } });
  expect(later.toSorted((a, b) => Number(a.path[1]) - Number(b.path[1]))).toMatchObject([
    {
      data: { n: null },
      path: ['products', 0],
      errors: [
        { path: ['products', 0, 'n'], extensions: { code: 'UNAVAILABLE', serviceName: 'stock' } },
      ],
    },
    { data: null, path: ['products', 1], errors: [{ path: ['products', 1, 'must'] }] },
  ]);
});

test('a value that must be there is missing in its own part only', async () => {
  const { first, later } = await inParts(
    '{ products { name ... @defer { ... on Film { must } ... on Book { risky must } } } }',
  );
  expect(first.errors).toBeUndefined();
  expect(later[0]).toEqual({ data: { risky: 1, must: 1 }, path: ['products', 0] });
  expect(later[1]).toMatchObject({ data: null, path: ['products', 1] });
  expect(later[1]?.errors?.[0]?.path).toEqual(['products', 1, 'must']);
});

test('nothing comes later of what is not there', async () => {
  expect(await inParts('{ product(id: 3) { name ... on Book @defer { count } } }')).toEqual({
    first: { data: { product: null } },
    later: [],
  });
  const parts = await inParts(
    '{ products { must: __typename ... on Book { maker { id ... @defer { city { name } } } } ... on Film { must2: must } } }',
  );
  expect(parts.first.data).toBeNull();
  expect(parts.later).toEqual([]);
});

test.each([
  ['sent as true', { yes: true }, 1],
  ['sent as false', { yes: false }, 0],
  ['by default', {}, 0],
])('a condition %s', async (_case, variables, count) => {
  const source =
    'query ($yes: Boolean! = false) { product(id: 1) { ... on Book @defer(if: $yes) { count } ... on Book @defer(if: false) { pages } } }';
  const parts = await inParts(source, variables);
  expect(parts.later).toHaveLength(count);
  expect(merged(parts)).toEqual({ product: { count: 10, pages: 412 } });
  expect(parts.first.data).toMatchObject({ product: { pages: 412 } });
});

test('many conditions make one plan, not one for each combination of them', async () => {
  const names = Array.from({ length: 20 }, (_, index) => `c${index}`);
  const source = `query (${names.map((name) => `$${name}: Boolean!`).join()}) {
    product(id: 1) { ${names.map((name) => `... on Book @defer(if: $${name}) { ${name}: count }`).join(' ')} }
  }`;
  const parts = await inParts(source, Object.fromEntries(names.map((name) => [name, true])));
  expect(parts.later).toHaveLength(20);
});

test.each([
  [
    'mutation { ... @defer { rename(id: 1, name: "x") { name } } }',
    {},
    'GRAPHQL_VALIDATION_FAILED',
  ],
  [
    'query ($yes: Boolean = true) { box { ... @defer(if: $yes) { width } } }',
    { yes: null },
    'BAD_USER_INPUT',
  ],
])('is refused: %s', async (source, variables, code) => {
  await expect(start(source, variables)).rejects.toMatchObject({ extensions: { code } });
  await expect(ask(graph, source, variables)).rejects.toMatchObject({ extensions: { code } });
});

test('a client that does not accept parts gets the whole answer at once', async () => {
  fetches.splice(0);
  const answer = await ask(graph, '{ products { name ... on Book @defer { count } } }');
  const deferring = fetches.splice(0);
  expect(await ask(graph, '{ products { name ... on Book { count } } }')).toEqual(answer);
  expect(fetches).toEqual(deferring);
});
