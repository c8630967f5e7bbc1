import type { FederationCase } from './federation-case.ts';

const VEHICLES = [
  { __typename: 'Truck', id: 't', wheels: 6, load: 18 },
  { __typename: 'Bike', id: 'b', wheels: 2 },
];

const find = ({ id }: { id: string }) => VEHICLES.find((each) => each.id === id) ?? null;

/** The last of the fleet is one that the subgraph of the vehicles does not know. */
const FLEET = [{ id: 't' }, { id: 'b' }, { id: 'gone' }];

const untyped = (index: number, field = 'fleet') => ({
  message: 'No subgraph said which type of Vehicle this object is.',
  path: [field, index],
});

/** Subgraphs that know an interface as an object, and so cannot say which type an object has. */
export const interfaceObjects: FederationCase = {
  subgraphs: {
    vehicles: {
      sdl: `
        type Query { depot: [Vehicle] }
        interface Vehicle @key(fields: "id") { id: ID! wheels: Int }
        type Truck implements Vehicle @key(fields: "id") { id: ID! wheels: Int load: Int }
        type Bike implements Vehicle @key(fields: "id") { id: ID! wheels: Int }`,
      resolvers: {
        Query: { depot: () => VEHICLES },
        Vehicle: { __resolveReference: find },
        Truck: { __resolveReference: find },
        Bike: { __resolveReference: find },
      },
    },
    rental: {
      sdl: `
        type Query { fleet: [Vehicle] first: Vehicle! }
        type Vehicle @interfaceObject @key(fields: "id") { id: ID! price: Int! }`,
      resolvers: {
        Query: { fleet: () => FLEET, first: () => ({ id: 't' }) },
        Vehicle: { price: ({ id }: { id: string }) => id.length * 10 },
      },
    },
    insurance: {
      sdl: `type Vehicle @interfaceObject @key(fields: "id") { id: ID! isInsured: Boolean }`,
      resolvers: { Vehicle: { isInsured: ({ id }: { id: string }) => id !== 'gone' } },
    },
  },
  operations: [
    {
      name: 'fields of the subgraph that has the interface as an object',
      source: '{ fleet { price id } first { cost: price } }',
      expected: {
        data: {
          fleet: [
            { price: 10, id: 't' },
            { price: 10, id: 'b' },
            { price: 40, id: 'gone' },
          ],
          first: { cost: 10 },
        },
      },
    },
    {
      name: 'fields of another subgraph that has it as an object, in fragments on the interface',
      source:
        '{ fleet { ...Insured ... on Vehicle { id } } } fragment Insured on Vehicle { isInsured }',
      expected: {
        data: {
          fleet: [
            { isInsured: true, id: 't' },
            { isInsured: true, id: 'b' },
            { isInsured: false, id: 'gone' },
          ],
        },
      },
    },
    {
      name: 'the type, and fields of types',
      source:
        '{ first { price kind: __typename ... on Truck { load isInsured } ... on Bike { wheels } } }',
      expected: { data: { first: { price: 10, kind: 'Truck', load: 18, isInsured: true } } },
    },
    {
      name: 'fields of the interface that only the subgraph of the types has',
      source: '{ fleet { price wheels } }',
      expected: {
        data: {
          fleet: [
            { price: 10, wheels: 6 },
            { price: 10, wheels: 2 },
            { price: 40, wheels: null },
          ],
        },
      },
    },
    {
      name: 'the type of an object that the subgraph of the types does not know',
      source: '{ fleet { price __typename } }',
      expected: {
        data: {
          fleet: [{ price: 10, __typename: 'Truck' }, { price: 10, __typename: 'Bike' }, null],
        },
        errors: [untyped(2)],
      },
      byApollo: {
        data: {
          fleet: [{ price: 10, __typename: 'Truck' }, { price: 10, __typename: 'Bike' }, null],
        },
      },
    },
    {
      name: 'fields of a type, of an object of which no subgraph knows the type',
      source: '{ fleet { id ... on Truck { load } } }',
      expected: {
        data: { fleet: [{ id: 't', load: 18 }, { id: 'b' }, null] },
        errors: [untyped(2)],
      },
      byApollo: { data: { fleet: [{ id: 't', load: 18 }, { id: 'b' }, { id: 'gone' }] } },
    },
    {
      name: 'conditions of the client that leave nothing that depends on the type',
      source:
        'query ($typed: Boolean!) { first { id ... on Truck @include(if: $typed) { load } } }',
      variables: { typed: false },
      expected: { data: { first: { id: 't' } } },
    },
    {
      name: 'objects of the subgraph of the types',
      source: '{ depot { __typename price wheels ... on Truck { isInsured } } }',
      expected: {
        data: {
          depot: [
            { __typename: 'Truck', price: 10, wheels: 6, isInsured: true },
            { __typename: 'Bike', price: 10, wheels: 2 },
          ],
        },
      },
    },
  ],
};

/** Interface objects that their subgraph cannot be asked for by key; one interface has no types at all. */
export const unresolvableInterfaceObjects: FederationCase = {
  subgraphs: {
    map: {
      sdl: `
        type Query { town: Place region: Region ship: Vessel! }
        type Region { name: String towns: [Place] }
        interface Place @key(fields: "id") { id: ID! }
        type Vessel @interfaceObject @key(fields: "id", resolvable: false) { id: ID! }`,
      resolvers: {
        Query: {
          town: () => ({ __typename: 'Place', id: 'p' }),
          region: () => ({ name: 'Delta', towns: [{ __typename: 'Place', id: 'p' }] }),
          ship: () => ({ id: 's' }),
        },
      },
    },
    guide: {
      sdl: `
        type Query { sight: Place }
        type Place @interfaceObject @key(fields: "id", resolvable: false) { id: ID! note: String }
        interface Vessel @key(fields: "id") { id: ID! }
        type Ferry implements Vessel @key(fields: "id") { id: ID! seats: Int }`,
      resolvers: {
        Query: { sight: () => ({ id: 'p', note: 'old' }) },
        Vessel: {
          __resolveReference: ({ id }: { id: string }) => ({ __typename: 'Ferry', id, seats: 80 }),
        },
      },
    },
  },
  operations: [
    {
      name: 'fields that the subgraph has itself',
      source: '{ sight { id note } ship { id } }',
      expected: { data: { sight: { id: 'p', note: 'old' }, ship: { id: 's' } } },
    },
    {
      name: 'the type, and a field of the type',
      source: '{ ship { __typename ... on Ferry { seats } } }',
      expected: { data: { ship: { __typename: 'Ferry', seats: 80 } } },
    },
    {
      name: 'a field that no subgraph can be asked for',
      source: '{ ship { id } town { note } }',
      expected: {
        errors: [
          {
            message:
              'No subgraph can answer what is selected of Query.town at this place of the operation.',
          },
        ],
      },
      byApollo: { data: { ship: { id: 's' }, town: null } },
    },
    {
      name: 'such a field below another',
      source: '{ region { name towns { note } } }',
      expected: {
        errors: [
          {
            message:
              'No subgraph can answer what is selected of Region.towns at this place of the operation.',
          },
        ],
      },
      byApollo: { data: { region: { name: 'Delta', towns: null } } },
    },
    {
      name: 'a field that no subgraph can be asked for, left out by the client',
      source: 'query ($town: Boolean = false) { ship { id } town @include(if: $town) { note } }',
      expected: { data: { ship: { id: 's' } } },
    },
  ],
};
