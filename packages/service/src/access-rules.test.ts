import { buildSchema, type GraphQLCompositeType, type GraphQLNamedType, parse } from 'graphql';
import { expect, test } from 'vitest';

import { accessDenial, meetsRule, readAccessRules } from './access-rules.ts';

const SDL = `
  scalar Scope
  directive @authenticated on FIELD_DEFINITION | OBJECT | INTERFACE | SCALAR | ENUM
  directive @requiresScopes(scopes: [[Scope!]!]!) on FIELD_DEFINITION | OBJECT | INTERFACE | SCALAR | ENUM

  type Query {
    viewer: Person
    unruled: Int
    thing: Thing
    either: Either
    never: Int @requiresScopes(scopes: [])
  }
  type Person @authenticated {
    name: String @requiresScopes(scopes: [["profile", "name"], ["all"]])
    secret: Secret
  }
  scalar Secret @requiresScopes(scopes: [["secret"]])
  type Free { id: ID thing: Thing }
  interface Thing { id: ID label: String }
  type Open implements Thing { id: ID label: String }
  type Closed implements Thing @requiresScopes(scopes: [["closed"]]) {
    id: ID
    label: String @requiresScopes(scopes: [["label"]])
  }
  union Either = Open | Closed
`;
const schema = buildSchema(SDL);
const rules = readAccessRules(schema, parse(SDL));

const typeNamed = (name: string) => schema.getType(name) as GraphQLNamedType & GraphQLCompositeType;
const ruleOf = (coordinate: string) => {
  const [type = '', field] = coordinate.split('.');
  return field === undefined
    ? rules.ofType(typeNamed(type))
    : rules.ofField(typeNamed(type), field);
};
const allows = (coordinate: string, ...scopes: readonly string[]): boolean =>
  meetsRule(ruleOf(coordinate), { scopes: new Set(scopes) });

test.each([
  [
    'a field asks for one of its lists of scopes, whole',
    'Person.name',
    [['all'], ['name', 'profile']],
    [[], ['name']],
  ],
  ['a field asks for what its type asks for', 'Person.secret', [['secret']], [[]]],
  ['an object type asks for its fields', 'Closed.id', [['closed']], [[], ['label']]],
  [
    'the rules of type and field add up',
    'Closed.label',
    [['closed', 'label']],
    [['closed'], ['label']],
  ],
  ['a field of an interface asks for what any type asks for there', 'Thing.id', [['closed']], [[]]],
  [
    '… and for the rules of its field on any type',
    'Thing.label',
    [['closed', 'label']],
    [['closed']],
  ],
  ['a type without rules beside them stays free', 'Open.label', [[]], []],
  ['a field that may give a ruled type asks for its rule', 'Free.thing', [['closed']], [[]]],
  ['a union asks for what any member asks for', 'Either.__typename', [['closed']], [[]]],
  ['a root field that gives a union, too', 'Query.either', [['closed']], [[]]],
  ['a rule without alternatives is never met', 'Query.never', [], [['all']]],
])('%s', (_case, coordinate, allowed, denied) => {
  expect(allowed.filter((scopes) => !allows(coordinate, ...scopes))).toEqual([]);
  expect(denied.filter((scopes) => allows(coordinate, ...scopes))).toEqual([]);
});

test('without an identity only the open root fields and fields without a rule are allowed', () => {
  const isOpen = (coordinate: string) => meetsRule(ruleOf(coordinate), undefined);
  const open = ['Query.viewer', 'Query.__typename', 'Free.id', 'Open.label'];
  const closed = [
    'Query.unruled',
    'Query.thing',
    'Query.__schema',
    'Person.secret',
    'Person.__typename',
    'Query.never',
  ];
  expect(open.filter((coordinate) => !isOpen(coordinate))).toEqual([]);
  expect(closed.filter(isOpen)).toEqual([]);
});

test('a denial names the field and what is missing', () => {
  const say = (coordinate: string, ...scopes: readonly string[]) =>
    accessDenial(coordinate, ruleOf(coordinate), { scopes: new Set(scopes) }).message;
  expect(say('Person.secret')).toBe('Person.secret needs the scope "secret".');
  expect(say('Person.name')).toBe('Person.name needs the scopes "profile" and "name" or "all".');
  expect(say('Closed.label')).toBe('Closed.label needs the scopes "closed"; and "label".');
  expect(say('Closed.label', 'closed')).toBe('Closed.label needs the scope "label".');
  expect(say('Query.never')).toBe('No scope grants Query.never.');
  expect(accessDenial('Query.thing', ruleOf('Query.thing'), undefined)).toMatchObject({
    message: 'Query.thing requires sign-in.',
    extensions: { code: 'UNAUTHENTICATED' },
  });
});

test('scopes that are not a list of lists are refused at the start, not guessed at', () => {
  const wrong = SDL.replace('[["secret"]]', '"secret"');
  expect(() => readAccessRules(buildSchema(wrong), parse(wrong))).toThrow(/expected array/);
});
