import { compose } from '@affluent/federation-cases';
import { GraphQLError, parse } from 'graphql';
import { afterAll, beforeEach, expect, test } from 'vitest';

import { startSmallGraph } from '../testing/small-graph.ts';

const LIBRARY = `
  type Query {
    viewer: Reader
    book: Book @authenticated
    books(count: Int!): [Book!]! @authenticated
    shelf: [Holding] @authenticated
    finds: [Find] @requiresScopes(scopes: [["finds"]])
    box: Box @authenticated
    broken: Broken @authenticated
  }
  type Mutation {
    lend(id: ID!): Receipt @requiresScopes(scopes: [["lend"]])
    burn(id: ID!): Receipt @requiresScopes(scopes: [["burn"]])
  }
  type Reader @authenticated { name: String! email: String! @requiresScopes(scopes: [["profile"]]) }
  interface Holding { id: ID! title: String note: String }
  type Book implements Holding @key(fields: "id") @authenticated {
    id: ID!
    title: String
    note: String @requiresScopes(scopes: [["notes"]])
    isbn: String! @requiresScopes(scopes: [["isbn"], ["admin", "books"]])
    next: Book
  }
  type Journal implements Holding @authenticated { id: ID! title: String note: String }
  type Letter @requiresScopes(scopes: [["letters"]]) { text: String }
  union Find = Book | Letter
  type Box @authenticated { content: Thing label: String }
  interface Thing { id: ID! }
  type Coin implements Thing @authenticated { id: ID! worth: Int secret: Int @requiresScopes(scopes: [["coins"]]) }
  type Stone implements Thing @authenticated { id: ID! weight: Int }
  type Broken @authenticated { works: Int fails: Int denied: Int @requiresScopes(scopes: [["x"]]) }
  type Receipt @authenticated { id: ID! secret: String @requiresScopes(scopes: [["admin"]]) }
`;
const PRICES = `
  type Book @key(fields: "id") @authenticated {
    id: ID!
    price: Int @requiresScopes(scopes: [["prices"]])
    stock: Int
  }
`;

const book = (id: number) => ({
  __typename: 'Book',
  id: String(id),
  title: `Book ${id}`,
  note: `Note ${id}`,
  isbn: `ISBN ${id}`,
  next: {
    __typename: 'Book',
    id: String(id + 1),
    title: `Book ${id + 1}`,
    isbn: 'next',
    note: 'n',
  },
});
const done: string[] = [];

const graph = await startSmallGraph({
  library: {
    sdl: LIBRARY,
    resolvers: {
      Query: {
        viewer: () => ({ name: 'Ada', email: 'ada@affluent.example' }),
        book: () => book(1),
        books: (_source: unknown, { count }: { count: number }) =>
          Array.from({ length: count }, (_, index) => book(index)),
        shelf: () => [
          book(1),
          null,
          { __typename: 'Journal', id: '2', title: 'Notices', note: 'Seen' },
        ],
        finds: () => [book(1), { __typename: 'Letter', text: 'Dear Ada' }],
        box: () => ({ label: 'A', content: { __typename: 'Coin', id: '7', worth: 5, secret: 9 } }),
        broken: () => ({
          works: 1,
          fails: () => {
            throw new GraphQLError('It fails.', { extensions: { code: 'CONFLICT' } });
          },
          denied: 3,
        }),
      },
      Mutation: {
        lend: (_source: unknown, { id }: { id: string }) => {
          done.push(`lend ${id}`);
          return { id, secret: 'lent' };
        },
        burn: (_source: unknown, { id }: { id: string }) => {
          done.push(`burn ${id}`);
          return { id, secret: 'burnt' };
        },
      },
      Book: { __resolveReference: ({ id }: { id: string }) => book(Number(id)) },
    },
  },
  prices: { sdl: PRICES, resolvers: { Book: { price: () => 10, stock: () => 3 } } },
});
afterAll(() => graph[Symbol.asyncDispose]());
beforeEach(() => {
  graph.takeFetches();
  done.length = 0;
});

const denial = (message: string, ...path: (string | number)[]) =>
  expect.objectContaining({
    message,
    path,
    extensions: expect.objectContaining({ code: 'UNAUTHORIZED_FIELD_OR_TYPE' }),
  });

test('a denied field is null, its error names it and the scope, and no subgraph is asked for it', async () => {
  const query = '{ book { title note price stock } }';
  expect(await graph.run(query, [])).toEqual({
    data: { book: { title: 'Book 1', note: null, price: null, stock: 3 } },
    errors: [
      denial('Book.note needs the scope "notes".', 'book', 'note'),
      denial('Book.price needs the scope "prices".', 'book', 'price'),
    ],
  });
  expect(graph.takeFetches()).not.toMatch(/note|price/);
  expect(await graph.run(query, ['notes', 'prices'])).toEqual({
    data: { book: { title: 'Book 1', note: 'Note 1', price: 10, stock: 3 } },
  });
});

test('scopes are one list or another, each whole', async () => {
  const query = '{ book { isbn } }';
  expect(await graph.run(query, ['isbn'])).toEqual({ data: { book: { isbn: 'ISBN 1' } } });
  expect(await graph.run(query, ['admin', 'books'])).toEqual({
    data: { book: { isbn: 'ISBN 1' } },
  });
  for (const scopes of [['admin'], ['books'], ['isbn ', 'ISBN']]) {
    // The field is never null: what it stands in is null in its stead, as GraphQL has it.
    expect(await graph.run(query, scopes)).toEqual({
      data: { book: null },
      errors: [denial('Book.isbn needs the scopes "isbn" or "admin" and "books".', 'book', 'isbn')],
    });
  }
});

test('nobody gets the open field and nothing within it', async () => {
  const { data, errors } = await graph.run('{ viewer { name __typename } __typename }', undefined);
  expect(data).toEqual({ viewer: null, __typename: 'Query' });
  expect(errors?.[0]).toMatchObject({ extensions: { code: 'UNAUTHENTICATED' } });
  expect(graph.takeFetches()).toBe('{viewer{__typename}}');
});

test('aliases, fragments, merged fields and directives are as in any answer', async () => {
  const query = `query ($yes: Boolean!, $no: Boolean = false) {
    a: book { ...Both t: title }
    b: book { ... on Holding { ... @include(if: $yes) { n: note } } skipped: note @skip(if: $yes) }
    c: book { next { title } next { note next { id } } ... @include(if: $no) { note } }
  }
  fragment Both on Book { my: note ...Deep }
  fragment Deep on Book { next { id note } }`;
  const allowed = await graph.run(query, ['notes'], { variables: { yes: true } });
  expect(allowed.errors).toBeUndefined();
  const { data, errors } = await graph.run(query, [], { variables: { yes: true } });
  expect(data).toEqual({
    a: { my: null, next: { id: '2', note: null }, t: 'Book 1' },
    b: { n: null },
    c: { next: { title: 'Book 2', note: null, next: null } },
  });
  expect(errors?.map(({ path }) => path)).toEqual([
    ['a', 'my'],
    ['a', 'next', 'note'],
    ['b', 'n'],
    ['c', 'next', 'note'],
  ]);
});

test('a field denied in thousands of objects is one error, with the first path', async () => {
  const { data, errors } = await graph.run('{ books(count: 3000) { id note } }', []);
  const books = data!.books as object[];
  expect([books.length, books[2999]]).toEqual([3000, { id: '2999', note: null }]);
  expect(errors).toEqual([denial('Book.note needs the scope "notes".', 'books', 0, 'note')]);
  const whole = await graph.run('{ book { id } books(count: 3000) { isbn } }', []);
  expect([whole.data, whole.errors?.length]).toEqual([null, 1]);
});

test('errors of subgraphs keep their places beside those of denied fields', async () => {
  expect(await graph.run('{ b: broken { denied fails works } }', [])).toEqual({
    data: { b: { denied: null, fails: null, works: 1 } },
    errors: [
      expect.objectContaining({ message: 'It fails.', path: ['b', 'fails'] }),
      denial('Broken.denied needs the scope "x".', 'b', 'denied'),
    ],
  });
});

test('a denied mutation does not run, the others do', async () => {
  const query =
    'mutation { burn(id: 1) { id } lend(id: 2) { id secret } again: lend(id: 3) { id } }';
  expect(await graph.run(query, ['lend'])).toEqual({
    data: { burn: null, lend: { id: '2', secret: null }, again: { id: '3' } },
    errors: [
      denial('Mutation.burn needs the scope "burn".', 'burn'),
      denial('Receipt.secret needs the scope "admin".', 'lend', 'secret'),
    ],
  });
  expect(done.splice(0)).toEqual(['lend 2', 'lend 3']);
  graph.takeFetches();
  const nothing =
    'mutation { burn(id: 1) { id } ...M } fragment M on Mutation { x: burn(id: 2) { id } }';
  expect((await graph.run(nothing, ['lend'])).data).toEqual({ burn: null, x: null });
  expect([done, graph.takeFetches()]).toEqual([[], '']);
});

test('an interface offers no way around the rules of its types, nor its types around each other', async () => {
  const query =
    '{ shelf { __typename id note ... on Book { title isbn } ... on Journal { n: note } } }';
  expect((await graph.run(query, ['isbn'])).data).toEqual({
    shelf: [
      { __typename: 'Book', id: '1', note: null, title: 'Book 1', isbn: 'ISBN 1' },
      null,
      { __typename: 'Journal', id: '2', note: null, n: 'Seen' },
    ],
  });
  // What one fragment may have and another may not is denied to both.
  const merged = await graph.run('{ shelf { ... on Journal { note } note } }', []);
  expect(merged.data).toEqual({ shelf: [{ note: null }, null, { note: null }] });
  const hidden = await graph.run(
    '{ shelf { ...F } } fragment F on Holding { ... { x: note } }',
    [],
  );
  expect(hidden.errors).toEqual([denial('Holding.note needs the scope "notes".', 'shelf', 0, 'x')]);
  expect(graph.takeFetches()).not.toMatch(/\{[^}]*x: note/);
});

test('a union is for those who may have all of its types', async () => {
  const query = '{ finds { __typename ... on Book { id } ... on Letter { text } } }';
  for (const scopes of [['finds'], ['letters']]) {
    expect((await graph.run(query, scopes)).data).toEqual({ finds: null });
  }
  expect((await graph.run(query, ['finds', 'letters'])).data).toEqual({
    finds: [
      { __typename: 'Book', id: '1' },
      { __typename: 'Letter', text: 'Dear Ada' },
    ],
  });
});

test('objects keep their types where denied fields went, whatever names the operation takes', async () => {
  const query = `{ box { runtimeType: label content { runtimeType_: id ... on Coin { worth secret } ... on Stone { weight } } } }`;
  expect(await graph.run(query, [])).toEqual({
    data: { box: { runtimeType: 'A', content: { runtimeType_: '7', worth: 5, secret: null } } },
    errors: [denial('Coin.secret needs the scope "coins".', 'box', 'content', 'secret')],
  });
});

test.each([
  ['without, then with', [[], ['notes'], [], ['notes']]],
  ['with, then without', [['notes'], [], ['notes'], []]],
])("plans are not shared between callers' rights: %s", async (order, callers) => {
  const query = `query Q { book { id note } } # ${order}`;
  for (const scopes of callers) {
    const { data } = await graph.run(query, scopes);
    expect(data?.book).toEqual({ id: '1', note: scopes.length > 0 ? 'Note 1' : null });
    const named = await graph.run(query, scopes, { operationName: 'Q' });
    expect(named.data).toEqual(data);
  }
});

test('what was found of a document is found again for the same rights only', () => {
  const document = parse('{ book { note } }');
  const find = (...scopes: string[]) =>
    graph.access.restrict(document, undefined, { scopes: new Set(scopes) });
  expect(find('a', 'b')).toBeDefined();
  expect(find('b', 'a')).toBe(find('a', 'b'));
  expect(find('notes')).toBeUndefined();
  expect(find('a')!.queryHash).not.toBe(
    graph.access.restrict(parse('{ viewer { email } }'), null, { scopes: new Set() })?.queryHash,
  );
});

test('an operation that cannot be identified is refused and never runs', async () => {
  const query = 'query A { book { note } } query B { book { id } }';
  for (const operationName of [undefined, '', 'C']) {
    const { data } = await graph.run(
      query,
      [],
      operationName === undefined ? {} : { operationName },
    );
    expect(data ?? null).toBeNull();
  }
  expect(
    (await graph.run('query A { book { note } }', [], { operationName: '' })).data ?? null,
  ).toBeNull();
  expect(graph.takeFetches()).toBe('');
  expect((await graph.run(query, [], { operationName: 'B' })).errors).toBeUndefined();
});

test('introspection goes on beside denied fields', async () => {
  const { data } = await graph.run(
    '{ book { note } __type(name: "Coin") { name fields { name } } }',
    [],
  );
  expect(data).toEqual({
    book: { note: null },
    __type: { name: 'Coin', fields: [{ name: 'id' }, { name: 'worth' }, { name: 'secret' }] },
  });
});

const KEYED = 'type Query { a: A @authenticated }';
test.each([
  [
    'a field that requires a ruled one without its rule',
    {
      a: `${KEYED} type A @key(fields: "id") { id: ID! secret: Int @requiresScopes(scopes: [["s"]]) }`,
      b: 'type A @key(fields: "id") { id: ID! secret: Int @external open: Int @requires(fields: "secret") @authenticated }',
    },
    'MISSING_TRANSITIVE_AUTH_REQUIREMENTS',
  ],
  [
    'a field that requires one of a ruled type',
    {
      a: `${KEYED} type A @key(fields: "id") { id: ID! inner: I } type I @requiresScopes(scopes: [["s"]]) { v: Int }`,
      b: 'type A @key(fields: "id") { id: ID! inner: I @external open: Int @requires(fields: "inner { v }") } type I { v: Int @external }',
    },
    'MISSING_TRANSITIVE_AUTH_REQUIREMENTS',
  ],
  [
    'a field that takes a ruled one from its context',
    {
      a: `${KEYED} type A @key(fields: "id") @context(name: "c") { id: ID! secret: Int @requiresScopes(scopes: [["s"]]) b: B }
        type B @key(fields: "id") { id: ID! open(secret: Int @fromContext(field: "$c { secret }")): Int @authenticated }`,
      b: 'type B @key(fields: "id") { id: ID! other: Int }',
    },
    'MISSING_TRANSITIVE_AUTH_REQUIREMENTS',
  ],
  [
    'a rule on an interface, which its types would not have',
    { a: `${KEYED} type A implements N { id: ID! } interface N @authenticated { id: ID! }` },
    'AUTH_REQUIREMENTS_APPLIED_ON_INTERFACE',
  ],
  [
    'a rule on a field of an interface',
    { a: `${KEYED} type A implements N { id: ID! } interface N { id: ID! @authenticated }` },
    'AUTH_REQUIREMENTS_APPLIED_ON_INTERFACE',
  ],
])('composition refuses %s', (_case, sdls, code) => {
  const { errors } = compose(sdls as Record<string, string>);
  expect(errors?.map(({ extensions }) => extensions.code)).toContain(code);
});
