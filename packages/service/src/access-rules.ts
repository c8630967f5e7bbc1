import {
  type ConstDirectiveNode,
  type DocumentNode,
  getNamedType,
  type GraphQLCompositeType,
  GraphQLError,
  type GraphQLNamedType,
  type GraphQLSchema,
  isAbstractType,
  isTypeDefinitionNode,
  isTypeExtensionNode,
  valueFromASTUntyped,
} from 'graphql';
import { z } from 'zod';

import type { Identity } from './identity.ts';
import { OPEN_FIELDS } from './open-fields.ts';

/** Alternative lists of scopes; the caller must hold every scope of one. `[[]]` requires only an identity; `[]` is never met. */
type Requirement = readonly (readonly string[])[];
/** Requirements that must all be met. An empty list allows every caller. */
export type AccessRule = readonly Requirement[];

/** The rules of a graph's `@authenticated` and `@requiresScopes`. */
export interface AccessRules {
  /** To have an object of this type at all. */
  readonly ofType: (type: GraphQLNamedType) => AccessRule;
  /** To select a field on this type: the rules of the field, of its parent type and of the type that it returns. */
  readonly ofField: (parent: GraphQLCompositeType, fieldName: string) => AccessRule;
}

const OPEN: AccessRule = [];
const SIGNED_IN: Requirement = [[]];

/**
 * Reads the rules of a graph.
 *
 * An abstract type (an interface, a union) requires all rules of its possible types, so that it cannot be used to get around
 * one. Composition refuses rules on interfaces themselves. Root fields require an identity even without a rule, except
 * {@link OPEN_FIELDS}.
 * @param sdl - with the directives under these names: `@link` must not rename them.
 */
export function readAccessRules(schema: GraphQLSchema, sdl: DocumentNode): AccessRules {
  const own = readDirectives(sdl);
  const roots: ReadonlySet<GraphQLNamedType | null | undefined> = new Set([
    schema.getQueryType(),
    schema.getMutationType(),
    schema.getSubscriptionType(),
  ]);
  const standingOn = (coordinate: string): AccessRule => own.get(coordinate) ?? OPEN;
  const withPossible = (type: GraphQLNamedType): readonly GraphQLNamedType[] =>
    isAbstractType(type) ? [type, ...schema.getPossibleTypes(type)] : [type];

  const ofType = (type: GraphQLNamedType): AccessRule =>
    withPossible(type).flatMap(({ name }) => standingOn(name));

  const ofField = (parent: GraphQLCompositeType, fieldName: string): AccessRule => {
    const isRoot = roots.has(parent);
    if (isRoot && OPEN_FIELDS.has(fieldName)) return OPEN;
    const rules = withPossible(parent).flatMap((type) => {
      const field = 'getFields' in type ? type.getFields()[fieldName] : undefined;
      return [
        ...standingOn(type.name),
        ...standingOn(`${type.name}.${fieldName}`),
        ...(field && 'type' in field ? ofType(getNamedType(field.type)) : OPEN),
      ];
    });
    return isRoot ? [SIGNED_IN, ...rules] : rules;
  };

  const known = new Map<string, AccessRule>();
  const remembered = (coordinate: string, read: () => AccessRule): AccessRule => {
    const rule = known.get(coordinate) ?? withoutRepeats(read());
    known.set(coordinate, rule);
    return rule;
  };
  return {
    ofType: (type) => remembered(type.name, () => ofType(type)),
    ofField: (parent, name) => remembered(`${parent.name}.${name}`, () => ofField(parent, name)),
  };
}

/** Whether a caller meets a rule. */
export const meetsRule = (
  rule: AccessRule,
  identity: Pick<Identity, 'scopes'> | undefined,
): boolean =>
  rule.length === 0 ||
  (identity !== undefined &&
    rule.every((requirement) =>
      requirement.some((scopes) => scopes.every((scope) => identity.scopes.has(scope))),
    ));

/**
 * The error for a caller who does not meet the rule of a field or type: UNAUTHENTICATED without an identity, else
 * UNAUTHORIZED_FIELD_OR_TYPE with the missing scopes: `Dataset.name needs the scope "datasets:read".`
 */
export function accessDenial(
  coordinate: string,
  rule: AccessRule,
  identity: Pick<Identity, 'scopes'> | undefined,
): GraphQLError {
  if (!identity) {
    const extensions = { code: 'UNAUTHENTICATED' };
    return new GraphQLError(`${coordinate} requires sign-in.`, { extensions });
  }
  const unmet = rule.filter((requirement) => !meetsRule([requirement], identity));
  const needs = unmet.map((requirement) =>
    requirement.map((scopes) => scopes.map((scope) => `"${scope}"`).join(' and ')).join(' or '),
  );
  const noun = unmet.flat(2).length === 1 ? 'scope' : 'scopes';
  const isNeverMet = unmet.some((requirement) => requirement.length === 0);
  return new GraphQLError(
    isNeverMet
      ? `No scope grants ${coordinate}.`
      : `${coordinate} needs the ${noun} ${needs.join('; and ')}.`,
    { extensions: { code: 'UNAUTHORIZED_FIELD_OR_TYPE' } },
  );
}

const withoutRepeats = (rule: AccessRule): AccessRule => [
  ...new Map(rule.map((requirement) => [JSON.stringify(requirement), requirement])).values(),
];

/** The rules declared on types (`Dataset`) and on fields (`Dataset.name`). */
function readDirectives(sdl: DocumentNode): ReadonlyMap<string, AccessRule> {
  const rules = new Map<string, AccessRule>();
  const add = (coordinate: string, directives: readonly ConstDirectiveNode[] = []): void => {
    const rule = directives.map(requirementOf).filter((requirement) => requirement !== undefined);
    rules.set(coordinate, [...(rules.get(coordinate) ?? []), ...rule]);
  };
  for (const node of sdl.definitions) {
    if (!isTypeDefinitionNode(node) && !isTypeExtensionNode(node)) continue;
    add(node.name.value, node.directives);
    for (const { name, directives } of ('fields' in node && node.fields) || []) {
      add(`${node.name.value}.${name.value}`, directives);
    }
  }
  return rules;
}

const SCOPES_ARGUMENT = z.tuple([z.object({ value: z.array(z.array(z.string())) })]);

/** @throws {z.ZodError} when the scopes are not written as a list of lists. */
function requirementOf({ name, arguments: given }: ConstDirectiveNode): Requirement | undefined {
  if (name.value === 'authenticated') return SIGNED_IN;
  if (name.value !== 'requiresScopes') return undefined;
  const values = given?.map(({ value }) => ({ value: valueFromASTUntyped(value) }));
  return SCOPES_ARGUMENT.parse(values)[0].value;
}
