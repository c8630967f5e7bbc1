import { buildSubgraphSchema } from '@apollo/subgraph';
import { execute, type ExecutionResult, parse, subscribe } from 'graphql';
import { expect, test } from 'vitest';

import { enforceAccess } from './enforce-access.ts';

const SDL = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.12", import: ["@key", "@authenticated", "@requiresScopes"])
  type Query { viewer: Person plain: Int note: Note @authenticated either: Either @authenticated }
  type Mutation { write: Int @requiresScopes(scopes: [["write"]]) }
  type Subscription { notes: Note! @authenticated }
  type Person @authenticated @key(fields: "id") { id: ID! email: String @requiresScopes(scopes: [["profile"]]) }
  type Note @requiresScopes(scopes: [["notes"]]) @key(fields: "id") { id: ID! text: String }
  type Reference @requiresScopes(scopes: [["references"]]) @key(fields: "id", resolvable: false) { id: ID! }
  type Free { id: ID }
  union Either = Free | Note
`;
const done: string[] = [];
const typeDefs = parse(SDL);
const note = { __typename: 'Note', id: '1', text: 'Hello' };
const schema = buildSubgraphSchema([
  {
    typeDefs,
    resolvers: {
      Query: { viewer: () => null, note: () => note, either: () => note },
      Mutation: { write: () => done.push('written') },
      Subscription: {
        notes: {
          async *subscribe() {
            done.push('subscribed');
            yield { notes: note };
          },
        },
      },
      Note: {
        __resolveReference: () => {
          done.push('looked up');
          return note;
        },
      },
    },
  },
]);
enforceAccess(schema, typeDefs);

const callerWith = (scopes: readonly string[] | undefined) => ({
  schema,
  contextValue: { identity: scopes && { scopes: new Set(scopes) } },
});
async function run(query: string, scopes?: readonly string[], variableValues = {}) {
  const { data, errors } = await execute({
    ...callerWith(scopes),
    document: parse(query),
    variableValues,
  });
  const plain = JSON.parse(JSON.stringify(data ?? null)) as unknown;
  return { data: plain, codes: errors?.map(({ extensions }) => extensions.code) };
}
const UNAUTHENTICATED = ['UNAUTHENTICATED'];
const UNAUTHORIZED = ['UNAUTHORIZED_FIELD_OR_TYPE'];

test('nobody has the open field only, and root fields without a rule are not open', async () => {
  expect(await run('{ viewer { id } }')).toEqual({ data: { viewer: null }, codes: undefined });
  expect(await run('{ plain }')).toEqual({ data: { plain: null }, codes: UNAUTHENTICATED });
  expect(await run('{ _service { sdl } }')).toMatchObject({ codes: UNAUTHENTICATED });
  expect(await run('{ note { id } }')).toMatchObject({ codes: UNAUTHENTICATED });
});

test('a field asks for the rule of the type that it gives, through a union too', async () => {
  expect(await run('{ note { text } }', ['notes'])).toMatchObject({
    data: { note: { text: 'Hello' } },
  });
  for (const query of [
    '{ note { text } }',
    '{ either { ... on Note { text } } }',
    '{ either { __typename } }',
  ]) {
    expect((await run(query, ['other'])).codes).toEqual(UNAUTHORIZED);
  }
});

test('a denied mutation does not run', async () => {
  expect((await run('mutation { write }', ['notes'])).codes).toEqual(UNAUTHORIZED);
  expect(done.splice(0)).toEqual([]);
  expect((await run('mutation { write }', ['write'])).codes).toBeUndefined();
  expect(done.splice(0)).toEqual(['written']);
});

test('entities are given by the rule of their type, one by one, and not even looked up without it', async () => {
  const query = `query ($r: [_Any!]!) { _entities(representations: $r) {
    __typename ... on Note { text } ... on Person { id email } ... on Reference { id } } }`;
  const r = ['Person', 'Note', 'Reference'].map((__typename) => ({ __typename, id: '1' }));
  expect(await run(query, [], { r })).toEqual({
    data: { _entities: [{ __typename: 'Person', id: '1', email: null }, null, null] },
    codes: [...UNAUTHORIZED, ...UNAUTHORIZED, ...UNAUTHORIZED],
  });
  expect(done.splice(0)).toEqual([]);
  const { data } = await run(query, ['notes', 'references'], { r });
  expect(data).toMatchObject({
    _entities: [{}, { text: 'Hello' }, { __typename: 'Reference', id: '1' }],
  });
  expect(done.splice(0)).toEqual(['looked up']);
  expect(await run(query, undefined, { r })).toEqual({ data: null, codes: UNAUTHENTICATED });
});

test('a subscription does not start without its scope', async () => {
  const document = parse('subscription { notes { text } }');
  const refused = await subscribe({ ...callerWith([]), document });
  expect(refused).toMatchObject({
    errors: [{ extensions: { code: 'UNAUTHORIZED_FIELD_OR_TYPE' } }],
  });
  expect(done.splice(0)).toEqual([]);
  const events = (await subscribe({
    ...callerWith(['notes']),
    document,
  })) as AsyncGenerator<ExecutionResult>;
  expect((await events.next()).value).toMatchObject({ data: { notes: { text: 'Hello' } } });
  expect(done.splice(0)).toEqual(['subscribed']);
});
