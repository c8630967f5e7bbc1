import { readFileSync } from 'node:fs';

import { sharedSandbox } from '@affluent/sandbox/testing';
import { parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { attemptEntity, attemptField, errorCodeOf, type Outcome } from './attempt.ts';
import { ENTITIES, FIELDS, type Role, ROLES } from './fields.ts';
import { generateArguments } from './generate-arguments.ts';
import { ALL_SCOPES, createWorld, type World } from './people.ts';
import { type GraphField, isAllowed, type PrintedRule, readPrintedGraph } from './printed-rules.ts';
import { scopeSetsFor } from './scope-sets.ts';

const supergraph = parse(
  readFileSync(new URL('../../supergraph.graphql', import.meta.url), 'utf8'),
);
const { rootFields, internalFields, entities, unruled } = readPrintedGraph(supergraph);

const sandbox = sharedSandbox();
let world: World;
let urls: Readonly<Record<string, string>>;

beforeAll(async () => {
  const { usersUrl, datasetsUrl, insightsUrl } = sandbox;
  urls = { users: usersUrl, datasets: datasetsUrl, insights: insightsUrl };
  world = await createWorld(sandbox.origin);
});
afterAll(async () => {
  await world?.[Symbol.asyncDispose]();
});

const coordinateOf = ({ parent, name }: GraphField): string => `${parent}.${name}`;
const urlOf = (subgraph: string): string => {
  const url = urls[subgraph];
  if (!url) throw new Error(`Say in packages/sandbox where the subgraph ${subgraph} listens.`);
  return url;
};

interface Cell {
  readonly role: Role;
  readonly scopes: readonly string[];
  readonly hasScope: boolean;
  readonly hasRole: boolean;
}

/** Every role with each class of scopes. Cells that must be denied come first, so that the others find what they need. */
const cellsOf = (rule: PrintedRule, least: Role): readonly Cell[] =>
  ROLES.flatMap((role) =>
    scopeSetsFor(rule).map((scopes) => ({
      role,
      scopes,
      hasScope: isAllowed(rule, scopes),
      hasRole: ROLES.indexOf(role) >= ROLES.indexOf(least),
    })),
  ).toSorted((a, b) => Number(a.hasScope && a.hasRole) - Number(b.hasScope && b.hasRole));

/** The outcomes that a cell may have. Where every signed-in caller has access, there may still be no object. */
const expectedOf = ({ hasScope, hasRole }: Cell, least: Role): readonly Outcome[] => {
  if (!hasScope) return ['no scope'];
  if (!hasRole) return ['forbidden', 'not found'];
  return least === 'STRANGER' ? ['allowed', 'not found'] : ['allowed'];
};

/** Runs cells a few at a time. @returns those with an unexpected outcome. */
async function surprises(
  cells: readonly Cell[],
  least: Role,
  attempt: (cell: Cell) => Promise<Outcome>,
): Promise<readonly string[]> {
  const found: string[] = [];
  const waiting = [...cells];
  const work = async (): Promise<void> => {
    for (let cell = waiting.shift(); cell; cell = waiting.shift()) {
      const outcome = await attempt(cell);
      const expected = expectedOf(cell, least);
      if (expected.includes(outcome)) continue;
      found.push(
        `${cell.role} [${cell.scopes.join(' ')}]: ${outcome}, not ${expected.join(' or ')}`,
      );
    }
  };
  await Promise.all(Array.from({ length: 4 }, work));
  return found;
}

test('every root field and every entity has a rule, but for the open ones', () => {
  expect(unruled).toEqual([]);
});

test('every root field and every entity is in the matrix', () => {
  const missing = rootFields.map(coordinateOf).filter((field) => !(field in FIELDS));
  expect(missing, 'Add them to FIELDS in e2e/access-matrix/fields.ts.').toEqual([]);
  const paths = entities.map(({ subgraph, type }) => `${subgraph}.${type}`);
  const unknown = paths.filter((path) => !(path in ENTITIES));
  expect(unknown, 'Add them to ENTITIES in e2e/access-matrix/fields.ts.').toEqual([]);
});

describe('a root field is given exactly where rule and role allow it', () => {
  test.each(rootFields.map((field) => [coordinateOf(field), field] as const))(
    '%s',
    async (name, field) => {
      const entry = FIELDS[name]!;
      const { role: least, destroys = false } = entry;
      const { rule, node } = field;
      const argumentsIn = ({ things }: World) =>
        generateArguments(supergraph, node.arguments ?? [], entry, things);
      const variables = await argumentsIn(world);
      const gateway = sandbox.origin;
      const owner = urlOf(field.subgraphs[0]!);

      const anonymous: Outcome = rule.isOpen ? 'not found' : 'unauthenticated';
      for (const url of [gateway, owner]) {
        expect(await attemptField({ url, token: undefined }, field, variables)).toBe(anonymous);
      }

      const cells = cellsOf(rule, least);
      const isHarmless = ({ hasScope, hasRole }: Cell) => !(destroys && hasScope && hasRole);
      const at = (url: string) => async (cell: Cell) =>
        attemptField(
          { url, token: await world.tokenFor(cell.role, cell.scopes) },
          field,
          variables,
        );
      expect(await surprises(cells.filter(isHarmless), least, at(gateway))).toEqual([]);
      // The subgraph refuses the same calls without the gateway.
      const withoutScope = cells.filter(({ hasScope }) => !hasScope);
      expect(await surprises(withoutScope, least, at(owner))).toEqual([]);

      if (!destroys) return;
      await using own = await createWorld(sandbox.origin);
      const enough = [...new Set(rule.scopes.flatMap(([list = []]) => list))];
      const token = await own.tokenFor('OWNER', enough);
      expect(await attemptField({ url: gateway, token }, field, await argumentsIn(own))).toBe(
        'allowed',
      );
    },
  );
});

describe('a root field for our own services is given to no person', () => {
  test.each(internalFields.map((field) => [coordinateOf(field), field] as const))(
    '%s',
    async (_name, { parent, name, node, subgraphs, rule }) => {
      expect(rule.scopes).toEqual([[['service']]]);
      const [owner = ''] = subgraphs;
      const given = (node.arguments ?? []).map((argument) => `${argument.name.value}: []`);
      const query = `${parent.toLowerCase()} { ${name}${given.length > 0 ? `(${given.join(', ')})` : ''} }`;
      for (const role of ROLES) {
        const token = await world.tokenFor(role, ALL_SCOPES);
        const codeAt = (url: string) => errorCodeOf({ url, token }, query);
        expect(await codeAt(sandbox.origin)).toBe('GRAPHQL_VALIDATION_FAILED');
        expect(await codeAt(urlOf(owner))).toBe('UNAUTHORIZED_FIELD_OR_TYPE');
      }
    },
  );
});

describe('an entity is given exactly where rule and role allow it', () => {
  test.each(entities.map((entity) => [`${entity.subgraph}.${entity.type}`, entity] as const))(
    '%s',
    async (path, entity) => {
      const { role: least, id: thing } = ENTITIES[path]!;
      const id = await world.things.idOf(thing);
      const url = urlOf(entity.subgraph);
      expect(await attemptEntity({ url, token: undefined }, entity, id)).toBe('unauthenticated');
      const found = await surprises(cellsOf(entity.rule, least), least, async ({ role, scopes }) =>
        attemptEntity({ url, token: await world.tokenFor(role, scopes) }, entity, id),
      );
      expect(found).toEqual([]);
    },
  );

  test.each(entities.map((entity) => [`${entity.subgraph}.${entity.type}`, entity] as const))(
    '%s, field by field',
    async (path, entity) => {
      const id = await world.things.idOf(ENTITIES[path]!.id);
      const found = await Promise.all(
        entity.fields.map(async (field) => {
          const cells = cellsOf(field.rule, 'OWNER').filter(({ role }) => role === 'OWNER');
          // A field may be null for reasons other than access.
          const wrong = await surprises(cells, 'STRANGER', async ({ role, scopes }) =>
            attemptEntity(
              { url: urlOf(entity.subgraph), token: await world.tokenFor(role, scopes) },
              entity,
              id,
              field,
            ),
          );
          return wrong.map((text) => `${field.name}: ${text}`);
        }),
      );
      expect(found.flat()).toEqual([]);
    },
  );
});
