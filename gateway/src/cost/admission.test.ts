import { buildSchema, GraphQLError, parse } from 'graphql';
import { expect, test } from 'vitest';

import { createAdmission, type CostCaller } from './admission.ts';
import { createCostControl } from './cost-control.ts';
import { SHAPE_LIMITS } from './limits.ts';

const SDL = `
  directive @listSize(slicingArguments: [String!]) on FIELD_DEFINITION
  type Query { me(note: Note): Int books(first: Int!): [Book] @listSize(slicingArguments: ["first"]) }
  type Book { id: ID }
  scalar Note
`;
const costs = createCostControl(buildSchema(SDL), SDL, SHAPE_LIMITS);
const start = ({ costPerMinute = 250, isDevelopment = false } = {}) =>
  createAdmission({ costMax: 100, costPerMinute, isDevelopment });
const callerWith = (...scopes: string[]): CostCaller => ({
  identity: { userId: 'ada', clientId: 'web', scopes: new Set(scopes) },
});
const ADA = callerWith();
const asking = (query: string, variables = {}) => ({
  document: parse(query),
  operationName: undefined,
  variables,
});
const booksOf = (first: number) =>
  asking('query ($n: Int!) { books(first: $n) { id } }', { n: first });

function refusalOf(work: () => unknown) {
  try {
    work();
  } catch (error) {
    if (error instanceof GraphQLError) return error;
    throw error;
  }
  throw new Error('It was not refused');
}

test('an operation that costs too much is refused with the figures, and takes nothing', () => {
  const { admit } = start();
  const { message, extensions } = refusalOf(() => admit(costs, booksOf(100), ADA));
  expect([message, extensions]).toEqual([
    'The operation may cost 101; the limit is 100. Request shorter lists.',
    { code: 'COST_TOO_HIGH', http: { status: 400 } },
  ]);
  const { cost, headers } = admit(costs, booksOf(99), ADA);
  expect([cost, ...headers]).toEqual([
    100,
    ['ratelimit-policy', '"default";q=250;qu="cost";w=60'],
    ['ratelimit', '"default";r=150;t=24'],
  ]);
});

test('a caller has so much in a minute: a user with a client, or an address without identity', () => {
  const { admit, read } = start();
  const spend = (caller: CostCaller) => {
    admit(costs, booksOf(99), caller);
    admit(costs, booksOf(99), caller);
  };
  const bob = { identity: { userId: 'bob', clientId: 'web', scopes: new Set<string>() } };
  const otherClient = { identity: { userId: 'ada', clientId: 'cli', scopes: new Set<string>() } };
  const callers = [
    ADA,
    bob,
    otherClient,
    { identity: undefined, address: '192.0.2.1' },
    { identity: undefined, address: '192.0.2.2' },
  ];
  callers.forEach(spend);
  for (const caller of callers) {
    const { extensions } = refusalOf(() => admit(costs, booksOf(99), caller));
    const { status, headers } = extensions.http as { status: number; headers: Map<string, string> };
    expect([extensions.code, status]).toEqual(['RATE_LIMITED', 429]);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(10);
    expect(headers.get('ratelimit')).toMatch(/^"default";r=\d+;t=\d+$/);
    // What is left is still there for smaller ones.
    expect(read('{ me }', caller)).toBeDefined();
    expect(admit(costs, booksOf(9), caller).cost).toBe(10);
  }
});

test('documents that are refused use up what a caller has, until they are not even read', () => {
  const { read, refused } = start({ costPerMinute: 10 });
  expect(refusalOf(() => read('{', ADA)).extensions.code).toBe('GRAPHQL_PARSE_FAILED');
  for (let count = 0; count < 999; count++) refused(ADA);
  expect(refusalOf(() => read('{ me }', ADA)).extensions.code).toBe('RATE_LIMITED');
});

test('what the schema is, is for those with a scope for it', () => {
  const { admit, maySeeSchema } = start();
  const introspection = asking('{ me __schema { queryType { name } } }');
  const refused = refusalOf(() => admit(costs, introspection, callerWith('datasets:read')));
  expect([refused.message, refused.extensions]).toEqual([
    'Query.__schema needs the scope "schema:read".',
    { code: 'UNAUTHORIZED_FIELD_OR_TYPE', http: { status: 403 } },
  ]);
  const nobody = { identity: undefined };
  expect(refusalOf(() => admit(costs, introspection, nobody)).extensions.code).toBe(
    'UNAUTHENTICATED',
  );
  expect(maySeeSchema(callerWith('schema:read'))).toBe(true);
  expect(maySeeSchema(ADA)).toBe(false);
  expect(start({ isDevelopment: true }).maySeeSchema(ADA)).toBe(true);
});

test('variables that are nested too deeply are refused, whatever else is in them', () => {
  const { admit } = start();
  const nested = (levels: number): unknown =>
    JSON.parse(`${'[{"a":'.repeat(levels / 2)}1${'}]'.repeat(levels / 2)}`);
  const query = 'query ($note: Note) { me(note: $note) }';
  const file = { stream: new Date() };
  expect(admit(costs, asking(query, { note: [file, nested(30)] }), ADA).cost).toBe(1);
  for (const levels of [34, 200_000]) {
    const { message } = refusalOf(() => admit(costs, asking(query, { note: nested(levels) }), ADA));
    expect(message).toBe('The variables are nested in more than 32 levels.');
  }
});

test.each([
  [{ note: 'a\0b' }, 'note'],
  [{ note: { deep: ['fine', 'a\ud800'] } }, 'note.deep.1'],
])('text that cannot be stored is refused with its place: %j', (variables, place) => {
  const { admit } = start();
  const request = asking('query ($note: Note) { me(note: $note) }', variables);
  const refusal = refusalOf(() => admit(costs, request, ADA));
  expect(refusal.message).toContain(`The variable "${place}" holds the character U+0000`);
  expect(refusal.extensions.code).toBe('BAD_USER_INPUT');
});

test('text in the document that cannot be stored is refused with its line', () => {
  const refusal = refusalOf(() => start().read('{ me(note: ["fine",\n {a: "\\u0000"}]) }', ADA));
  expect(refusal.extensions.code).toBe('BAD_USER_INPUT');
  expect(refusal.locations).toEqual([{ line: 2, column: 6 }]);
});
