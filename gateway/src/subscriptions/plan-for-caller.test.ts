import type { Identity } from '@affluent/service';
import { parse } from 'graphql';
import { afterAll, beforeEach, expect, test } from 'vitest';

import { startSmallGraph } from '../testing/small-graph.ts';
import { planForCaller } from './plan-for-caller.ts';

const LIBRARY = `
  type Query { book: Book @authenticated }
  type Subscription {
    lent: Book @requiresScopes(scopes: [["loans"]])
    found: [Holding] @authenticated
  }
  interface Holding { id: ID! note: String }
  type Book implements Holding @key(fields: "id") @authenticated {
    id: ID!
    title: String
    note: String @requiresScopes(scopes: [["notes"]])
  }
`;
const PRICES = `
  type Book @key(fields: "id") @authenticated {
    id: ID!
    price: Int @requiresScopes(scopes: [["prices"]])
    stock: Int
  }
`;
const graph = await startSmallGraph({
  library: { sdl: LIBRARY, resolvers: {} },
  prices: { sdl: PRICES, resolvers: { Book: { price: () => 10, stock: () => 3 } } },
});
afterAll(() => graph[Symbol.asyncDispose]());
beforeEach(() => {
  graph.takeFetches();
});

const callerWith = (...scopes: string[]): Identity => ({
  userId: 'ada',
  clientId: 'test',
  scopes: new Set(scopes),
  expiresAt: 0,
  token: '',
  grantId: undefined,
  accessTokenId: undefined,
  isClientAlone: false,
  keyThumbprint: undefined,
});
const planFor = (query: string, identity: Identity | undefined) =>
  planForCaller({
    ...graph,
    document: parse(query),
    operationName: undefined,
    variables: {},
    identity,
  });
const contextOf = (identity: Identity | undefined) => ({
  identity,
  requestId: 'test',
  forget: async () => {},
});

const LENT = 'subscription { lent { title my: note price stock } }';
const book = { __typename: 'Book', id: '1', title: 'Sand', my: 'Hidden' };

test('denied fields are neither subscribed to nor fetched, and null with an error in each event', async () => {
  const identity = callerWith('loans');
  const plan = planFor(LENT, identity);
  expect(plan.primary.query).not.toMatch(/note/);
  for (const title of ['Sand', 'Dune']) {
    expect(
      await plan.complete({ data: { lent: { ...book, title } } }, contextOf(identity)),
    ).toMatchObject({
      data: { lent: { title, my: null, price: null, stock: 3 } },
      errors: [
        { message: 'Book.note needs the scope "notes".', path: ['lent', 'my'] },
        { message: 'Book.price needs the scope "prices".', path: ['lent', 'price'] },
      ],
    });
  }
  expect(graph.takeFetches()).not.toMatch(/price/);
});

test('who may have all of it gets all of it', async () => {
  const identity = callerWith('loans', 'notes', 'prices');
  const { data, errors } = await planFor(LENT, identity).complete(
    { data: { lent: book } },
    contextOf(identity),
  );
  expect(data).toEqual({ lent: { title: 'Sand', my: 'Hidden', price: 10, stock: 3 } });
  expect(errors).toBeUndefined();
});

test('an interface offers no way around', async () => {
  const identity = callerWith();
  const plan = planFor('subscription { found { note ... on Book { title } } }', identity);
  const [, typeKey = ''] = /(\w+): ?__typename/.exec(plan.primary.query) ?? [];
  const event = { data: { found: [{ ...book, [typeKey]: 'Book' }] } };
  expect((await plan.complete(event, contextOf(identity))).data).toEqual({
    found: [{ note: null, title: 'Sand' }],
  });
});

test('a denied subscription is not planned at all', () => {
  expect(() => planFor(LENT, callerWith('notes'))).toThrow(
    'Subscription.lent needs the scope "loans".',
  );
  expect(() =>
    planFor('subscription { ...F } fragment F on Subscription { lent { id } }', undefined),
  ).toThrow('Subscription.lent requires sign-in.');
});

test('events stop when the rights are not those any more that it began with', async () => {
  const plan = planFor(LENT, callerWith('loans', 'notes', 'prices'));
  for (const identity of [callerWith('loans'), undefined]) {
    await expect(plan.complete({ data: { lent: book } }, contextOf(identity))).rejects.toThrow(
      'Your rights have changed. Subscribe again.',
    );
  }
});
