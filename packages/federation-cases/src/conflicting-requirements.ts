import type { FederationCase } from './federation-case.ts';

const PRICES: Readonly<Record<string, number>> = { USD: 2, EUR: 3, GBP: 0 };

const price = ({ id }: { id: string }, { currency }: { currency: string }) =>
  Number(id) * (PRICES[currency] ?? Number.NaN);

/** What GraphQL.js says to the operation that Apollo's executor sends. */
const CONFLICTS = Array.from({ length: 3 }, () => ({
  message:
    'Fields "price" conflict because they have differing arguments. Use different aliases on the fields to fetch both if this was intentional.',
}));

/** Fields that require the same field with different arguments, in one operation. */
export const conflictingRequirements: FederationCase = {
  subgraphs: {
    catalog: {
      sdl: `
        type Query { goods: [Good!]! items: [Item!] }
        interface Item { id: ID! }
        type Tool implements Item @key(fields: "id") { id: ID! price(currency: String = "USD"): Int }
        type Good implements Item @key(fields: "id") {
          id: ID! name: String weight: Int price(currency: String = "USD"): Int box: Box
        }
        type Box { height(unit: String = "cm"): Int }`,
      resolvers: {
        Query: {
          goods: () => [
            { id: '1', weight: 5 },
            { id: '2', weight: 7 },
          ],
          items: () => [
            { __typename: 'Good', id: '1', weight: 5 },
            { __typename: 'Tool', id: '4' },
          ],
        },
        Tool: { price },
        Good: {
          __resolveReference: ({ id }: { id: string }) => ({ id, weight: 9 }),
          name: ({ id }: { id: string }) => `Good ${id}`,
          box: () => ({}),
          price,
        },
        Box: { height: (_box: unknown, { unit }: { unit: string }) => (unit === 'mm' ? 400 : 40) },
      },
    },
    delivery: {
      sdl: `
        type Query { parcel: Good }
        type Good @key(fields: "id") {
          id: ID!
          weight: Int @external
          price(currency: String = "USD"): Int @external
          box: Box @external
          hours(express: Boolean = false): Int
          freight: Int @requires(fields: "weight price(currency: \\"EUR\\")")
          toll: String @requires(fields: "price(currency: \\"GBP\\")")
          insured: Int @requires(fields: "price")
          shelf: Int @requires(fields: "box { height }")
          slot: Int @requires(fields: "box { height(unit: \\"mm\\") }")
        }
        type Box @external { height(unit: String = "cm"): Int }
        type Tool @key(fields: "id") {
          id: ID!
          price(currency: String = "USD"): Int @external
          freight: Int @requires(fields: "price(currency: \\"EUR\\")")
          rent: Int @requires(fields: "price(currency: \\"USD\\")")
        }`,
      resolvers: {
        Tool: {
          freight: ({ price: euros }: { price: number }) => euros,
          rent: ({ price: dollars }: { price: number }) => dollars * 10,
        },
        Query: { parcel: () => ({ id: '3' }) },
        Good: {
          hours: (_good: unknown, { express }: { express: boolean }) => (express ? 1 : 24),
          freight: ({ weight, price }: { weight: number; price: number }) => weight * price,
          toll: ({ price }: { price: number }) => `${price} pounds`,
          insured: ({ price }: { price: number }) => price * 100,
          shelf: ({ box }: { box: { height: number } }) => box.height,
          slot: ({ box }: { box: { height: number } }) => box.height,
        },
      },
    },
    customs: {
      sdl: `
        type Good @key(fields: "id") {
          id: ID!
          price(currency: String = "USD"): Int @external
          freight: Int @external
          duty: Int @requires(fields: "freight price(currency: \\"USD\\")")
        }`,
      resolvers: {
        Good: {
          duty: ({ freight, price }: { freight: number; price: number }) => freight + price,
        },
      },
    },
  },
  operations: [
    {
      name: 'one of them',
      source: '{ goods { freight hours } }',
      expected: {
        data: {
          goods: [
            { freight: 15, hours: 24 },
            { freight: 42, hours: 24 },
          ],
        },
      },
    },
    {
      name: 'all of them, beside another field of their subgraph',
      source:
        'query ($express: Boolean) { goods { freight toll insured hours(express: $express) } }',
      variables: { express: true },
      expected: {
        data: {
          goods: [
            { freight: 15, toll: '0 pounds', insured: 200, hours: 1 },
            { freight: 42, toll: '0 pounds', insured: 400, hours: 1 },
          ],
        },
      },
      byApollo: {
        data: {
          goods: [
            { freight: 10, toll: '2 pounds', insured: 200, hours: 1 },
            { freight: 28, toll: '4 pounds', insured: 400, hours: 1 },
          ],
        },
      },
    },
    {
      name: 'together with the required field, with arguments of the client',
      source: '{ goods { price(currency: "EUR") required_0_price: price insured cost: freight } }',
      expected: {
        data: {
          goods: [
            { price: 3, required_0_price: 2, insured: 200, cost: 15 },
            { price: 6, required_0_price: 4, insured: 400, cost: 42 },
          ],
        },
      },
      byApollo: {
        data: {
          goods: [
            { price: 3, required_0_price: 2, insured: 300, cost: 15 },
            { price: 6, required_0_price: 4, insured: 600, cost: 42 },
          ],
        },
      },
    },
    {
      name: 'a field below the required one',
      source: '{ goods { shelf slot name } }',
      expected: {
        data: {
          goods: [
            { shelf: 40, slot: 400, name: 'Good 1' },
            { shelf: 40, slot: 400, name: 'Good 2' },
          ],
        },
      },
      byApollo: {
        data: {
          goods: [
            { shelf: 400, slot: 400, name: 'Good 1' },
            { shelf: 400, slot: 400, name: 'Good 2' },
          ],
        },
      },
    },
    {
      name: 'in several subgraphs, one after the other',
      source: '{ goods { duty freight slot } }',
      expected: {
        data: {
          goods: [
            { duty: 17, freight: 15, slot: 400 },
            { duty: 46, freight: 42, slot: 400 },
          ],
        },
      },
      byApollo: {
        data: {
          goods: [
            { duty: 12, freight: 10, slot: 400 },
            { duty: 32, freight: 28, slot: 400 },
          ],
        },
      },
    },
    {
      name: 'of an object that comes from the subgraph that requires',
      source: '{ parcel { ...Costs ...Costs toll } } fragment Costs on Good { freight insured }',
      expected: { data: { parcel: { freight: 81, insured: 600, toll: '0 pounds' } } },
      byApollo: { data: { parcel: { freight: 0, insured: 0, toll: '0 pounds' } } },
    },
    {
      name: 'of objects of several types',
      source: `{ items { id
        ... on Good { freight toll } ... on Tool { freight tool: rent } } }`,
      expected: {
        data: {
          items: [
            { id: '1', freight: 15, toll: '0 pounds' },
            { id: '4', freight: 12, tool: 80 },
          ],
        },
      },
      byApollo: {
        data: {
          items: [
            { id: '1', freight: 0, toll: '0 pounds' },
            { id: '4', freight: 8, tool: 80 },
          ],
        },
      },
    },
    {
      name: 'under conditions',
      source: `query ($freight: Boolean!, $toll: Boolean!) {
        goods { freight @include(if: $freight) toll @skip(if: $toll) insured } }`,
      variables: { freight: true, toll: false },
      expected: {
        data: {
          goods: [
            { freight: 15, toll: '0 pounds', insured: 200 },
            { freight: 42, toll: '0 pounds', insured: 400 },
          ],
        },
      },
      byApollo: { data: null, errors: CONFLICTS },
    },
    {
      name: 'under conditions that leave one of them',
      source: `query ($freight: Boolean!, $toll: Boolean!) {
        goods { freight @include(if: $freight) toll @skip(if: $toll) insured shelf } }`,
      variables: { freight: false, toll: true },
      expected: {
        data: {
          goods: [
            { insured: 200, shelf: 40 },
            { insured: 400, shelf: 40 },
          ],
        },
      },
      byApollo: { data: null, errors: CONFLICTS },
    },
    {
      name: 'none of them, because of a condition',
      source: `query ($slot: Boolean!) {
        goods { ... on Good @include(if: $slot) { slot } freight hours } }`,
      variables: { slot: false },
      expected: {
        data: {
          goods: [
            { freight: 15, hours: 24 },
            { freight: 42, hours: 24 },
          ],
        },
      },
    },
  ],
};
