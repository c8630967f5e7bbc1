import { GraphQLError } from 'graphql';

import type { FederationCase } from './federation-case.ts';

const PRICES: Readonly<Record<string, number>> = { USD: 2, EUR: 3 };

/** Client keys that are those of the fields that a plan needs for itself: for keys, and for what is required. */
export const clientKeys: FederationCase = {
  subgraphs: {
    shop: {
      sdl: `
        type Query { wares: [Ware!]! }
        type Subscription { restocked: Ware! }
        type Ware @key(fields: "id") {
          id: ID! name: String weight: Int size: Size price(currency: String = "USD"): Int!
          parts(first: Int): [Part!]! broken: String
        }
        type Size { height(unit: String = "cm"): Int }
        type Part { name: String }`,
      resolvers: {
        Query: { wares: () => [{ id: '1', name: 'Lamp', weight: 5 }] },
        Ware: {
          price: (_ware: unknown, { currency }: { currency: string }) => PRICES[currency] ?? null,
          size: () => ({}),
          parts: (_ware: unknown, { first }: { first: number }) =>
            ['foot', 'bulb', 'plug'].slice(0, first).map((name) => ({ name })),
          broken: () => {
            throw new GraphQLError('broken');
          },
        },
        Size: {
          height: (_size: unknown, { unit }: { unit: string }) => (unit === 'mm' ? 400 : 40),
        },
      },
    },
    post: {
      sdl: `
        type Ware @key(fields: "id") {
          id: ID!
          weight: Int @external
          price(currency: String = "USD"): Int! @external
          parts(first: Int): [Part!]! @external
          size: Size @external
          stock: String
          freight: Int @requires(fields: "weight price(currency: \\"EUR\\")")
          label: String @requires(fields: "parts(first: 2) { name }")
          shelf: Int @requires(fields: "size { height }")
        }
        type Part @external { name: String }
        type Size @external { height(unit: String = "cm"): Int }`,
      resolvers: {
        Ware: {
          stock: ({ id }: { id: string }) => `stock of ${id}`,
          freight: ({ weight, price }: { weight: number; price: number }) => weight * price,
          label: ({ parts }: { parts: readonly { name: string }[] }) =>
            parts.map(({ name }) => name).join(),
          shelf: ({ size }: { size: { height: number } }) => size.height,
        },
      },
    },
  },
  operations: [
    {
      name: 'another field under the name of a key',
      source: '{ wares { id: name stock } }',
      expected: { data: { wares: [{ id: 'Lamp', stock: 'stock of 1' }] } },
      byApollo: { data: { wares: [{ id: '1', stock: 'stock of 1' }] } },
    },
    {
      name: 'another field under the name of the type',
      source: '{ id: __typename wares { __typename: name stock id: __typename } }',
      expected: {
        data: {
          id: 'Query',
          wares: [{ __typename: 'Lamp', stock: 'stock of 1', id: 'Ware' }],
        },
      },
      byApollo: {
        data: {
          id: 'Query',
          wares: [{ __typename: 'Ware', stock: 'stock of 1', id: 'Ware' }],
        },
      },
    },
    {
      name: 'another field under the name of a required one',
      source: '{ wares { freight weight: name } }',
      expected: { data: { wares: [{ freight: 15, weight: 'Lamp' }] } },
      byApollo: { data: { wares: [{ freight: 15, weight: null }] } },
    },
    {
      name: 'a required field with other arguments',
      source: '{ wares { price(currency: "USD") freight label parts(first: 1) { name } } }',
      expected: {
        data: {
          wares: [{ price: 2, freight: 15, label: 'foot,bulb', parts: [{ name: 'foot' }] }],
        },
      },
      byApollo: {
        data: {
          wares: [
            {
              price: 2,
              freight: 10,
              label: 'foot,bulb',
              parts: [{ name: 'foot' }, { name: 'bulb' }],
            },
          ],
        },
      },
    },
    {
      name: 'a required field with no arguments',
      source: '{ wares { price freight } }',
      expected: { data: { wares: [{ price: 2, freight: 15 }] } },
      byApollo: { data: { wares: [{ price: 2, freight: 10 }] } },
    },
    {
      name: 'a required field with variables, in fragments',
      source: `query ($first: Int = 1) { wares { label ...A ...B } }
        fragment A on Ware { parts(first: $first) { name } }
        fragment B on Ware { parts(first: $first) { part: name } }`,
      expected: {
        data: { wares: [{ label: 'foot,bulb', parts: [{ name: 'foot', part: 'foot' }] }] },
      },
      byApollo: {
        data: {
          wares: [
            {
              label: 'foot,bulb',
              parts: [
                { name: 'foot', part: 'foot' },
                { name: 'bulb', part: 'bulb' },
              ],
            },
          ],
        },
      },
    },
    {
      name: 'a field below a required one with other arguments',
      source: '{ wares { shelf size { height(unit: "mm") } } }',
      expected: { data: { wares: [{ shelf: 40, size: { height: 400 } }] } },
      byApollo: { data: { wares: [{ shelf: 40, size: { height: 40 } }] } },
    },
    {
      name: 'an error in such a field',
      source: '{ id: wares { id: broken stock } }',
      expected: {
        data: { id: [{ id: null, stock: 'stock of 1' }] },
        errors: [{ message: 'broken', path: ['id', 0, 'id'] }],
      },
      byApollo: { data: { id: [{ id: '1', stock: 'stock of 1' }] } },
    },
    {
      name: 'the schema, beside such fields',
      source: '{ __typename: __schema { id: queryType { name } } wares { id: name stock } }',
      expected: {
        data: {
          __typename: { id: { name: 'Query' } },
          wares: [{ id: 'Lamp', stock: 'stock of 1' }],
        },
      },
      byApollo: {
        data: { __typename: { id: { name: 'Query' } }, wares: [{ id: '1', stock: 'stock of 1' }] },
      },
    },
  ],
};

/** A subgraph that is come back to, and finds its type by one of its keys only. */
export const unresolvableKeys: FederationCase = {
  subgraphs: {
    people: {
      sdl: `
        type Person @key(fields: "id") @key(fields: "pass { country number }", resolvable: false) {
          id: ID! pass: Pass! @shareable name: String
        }
        type Pass @shareable { country: String! number: ID! office: String! }`,
      resolvers: {
        Person: {
          __resolveReference: ({ id }: { id: string }) =>
            id ? { id, name: `name of ${id}` } : null,
        },
      },
    },
    visits: {
      sdl: `
        type Query { visitors: [Person!] }
        type Person
          @key(fields: "pass { country number }", resolvable: false)
          @key(fields: "id pass { number office }")
          @key(fields: "id", resolvable: false) {
          id: ID! pass: Pass! @shareable name: String @external
          badge: String! @requires(fields: "name")
        }
        type Pass @shareable { country: String! number: ID! office: String! }`,
      resolvers: {
        Query: {
          visitors: () => [{ id: 'a', pass: { country: 'NL', number: '1', office: 'Delft' } }],
        },
        Person: {
          __resolveReference: (person: { id?: string; pass: { office?: string } }) =>
            person.id && person.pass.office ? person : null,
          badge: ({ name }: { name: string }) => `badge with ${name}`,
        },
      },
    },
  },
  operations: [
    {
      name: 'what requires a field of another subgraph',
      source: '{ visitors { badge } }',
      expected: { data: { visitors: [{ badge: 'badge with name of a' }] } },
      byApollo: { data: { visitors: null } },
    },
  ],
};
