import { readFileSync } from 'node:fs';

import { meetsRule, readAccessRules } from '@affluent/service';
import { buildASTSchema, isObjectType, parse } from 'graphql';
import { expect, test } from 'vitest';

import { isAllowed, readPrintedGraph } from './printed-rules.ts';
import { EVERY_SCOPE_SET } from './scope-sets.ts';

const supergraph = parse(
  readFileSync(new URL('../../supergraph.graphql', import.meta.url), 'utf8'),
);
const { rootFields, entities } = readPrintedGraph(supergraph);
const schema = buildASTSchema(supergraph, { assumeValid: true });
const rules = readAccessRules(schema, supergraph);

const typeNamed = (name: string) => {
  const type = schema.getType(name);
  if (!isObjectType(type)) throw new Error(`${name} is not an object type of the supergraph.`);
  return type;
};

test.each([
  ...rootFields.map(({ parent, name, rule }) => ({
    coordinate: `${parent}.${name}`,
    printed: rule,
    read: rules.ofField(typeNamed(parent), name),
  })),
  ...entities.flatMap(({ type, rule, fields }) => [
    { coordinate: type, printed: rule, read: rules.ofType(typeNamed(type)) },
    ...fields.map(({ name, rule: printed }) => ({
      coordinate: `${type}.${name}`,
      printed,
      read: rules.ofField(typeNamed(type), name),
    })),
  ]),
])('$coordinate is open to exactly the scopes that its directives name', ({ printed, read }) => {
  expect(meetsRule(read, undefined)).toBe(printed.isOpen);
  const wrong = EVERY_SCOPE_SET.filter(
    (scopes) => meetsRule(read, { scopes: new Set(scopes) }) !== isAllowed(printed, scopes),
  );
  expect(wrong).toEqual([]);
});
