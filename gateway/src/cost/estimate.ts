import {
  type FieldNode,
  getNamedType,
  getNullableType,
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLSchema,
  isInputObjectType,
  isListType,
  Kind,
  type SelectionSetNode,
  type ValueNode,
  valueFromASTUntyped,
} from 'graphql';

import { type Operation, typeBelow, typeInside } from '../ast/operation.ts';
import { type Amount, product, sum, type Variables } from './amount.ts';
import type { CostRules, ListSize } from './costs.ts';
import { argumentCost, hasVariable } from './input-cost.ts';
import { invalid } from './limits.ts';

/** Size of a list without `@listSize`. */
const DEFAULT_LIST_SIZE = 10;
/** Cost of an operation itself. Mutations have side effects. */
const BASE_COST = { query: 1, subscription: 1, mutation: 10 } as const;
/** Describing the whole schema takes some milliseconds. */
const INTROSPECTION_COST = 1_000;

/** The largest cost of an operation: its lists at full length, its conditions all met. */
export interface Estimate {
  readonly cost: Amount;
  /** Whether the operation introspects. */
  readonly introspects: boolean;
}

interface EstimateOptions {
  readonly schema: GraphQLSchema;
  readonly rules: CostRules;
  readonly operation: Operation;
}

/** A field's `sizedFields` and their size. */
interface SizedLists {
  readonly names: readonly string[];
  readonly size: Amount;
}

type Field = GraphQLField<unknown, unknown>;

/**
 * Estimates an operation as Apollo Router does: an object costs its type's weight times the sizes of the lists around it, a value
 * nothing unless it has a weight, and an argument the weights of its content.
 *
 * The operation must be valid, and its shape asserted, because every field is visited.
 * @throws {GraphQLError} GRAPHQL_VALIDATION_FAILED for a list without a slicing argument, or with two.
 */
export function estimateCost({ schema, rules, operation }: EstimateOptions): Estimate {
  const { definition, rootType, fragments } = operation;
  let introspects = false;

  const ofField = (
    node: FieldNode,
    parent: GraphQLCompositeType,
    sized: SizedLists | undefined,
  ): Amount => {
    const name = node.name.value;
    if (name === '__schema' || name === '__type') {
      introspects = true;
      return INTROSPECTION_COST;
    }
    const field: Field | undefined = 'getFields' in parent ? parent.getFields()[name] : undefined;
    if (!field) return 0;
    const listSize = rules.sizeOf(parent, name);
    const size = listSize && sizeAsked(listSize, node, field);
    const isList = isListType(getNullableType(field.type));
    const ownSize = sized?.names.includes(name) ? sized.size : (size ?? DEFAULT_LIST_SIZE);
    const weight = rules.ofField(parent, name) ?? rules.ofType(getNamedType(field.type));
    const type = typeBelow(parent, node);
    const below =
      type && node.selectionSet
        ? ofSet(
            node.selectionSet,
            type,
            size === undefined ? undefined : { names: listSize?.sizedFields ?? [], size },
          )
        : 0;
    const given = (node.arguments ?? []).map(({ name: { value: argument }, value }) => {
      const type = field.args.find((definition) => definition.name === argument)?.type;
      return type ? argumentCost(rules, `${parent.name}.${name}(${argument}:)`, type, value) : 0;
    });
    return sum([product(isList ? ownSize : 1, sum([weight, below])), ...given]);
  };

  const ofSet = (
    { selections }: SelectionSetNode,
    parent: GraphQLCompositeType,
    sized?: SizedLists,
  ): Amount =>
    sum(
      selections.map((selection) => {
        if (selection.kind === Kind.FIELD) return ofField(selection, parent, sized);
        const fragment =
          selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
        if (!fragment) return 0;
        const type = typeInside(schema, fragment.typeCondition, parent);
        return ofSet(fragment.selectionSet, type, sized);
      }),
    );

  const cost = sum([BASE_COST[definition.operation], ofSet(definition.selectionSet, rootType)]);
  return { cost, introspects };
}

/** The number of items that a field's slicing arguments request; undefined when none does. */
function sizeAsked(
  { slicingArguments, slicingInput, requireOneSlicingArgument, assumedSize }: ListSize,
  node: FieldNode,
  field: Field,
): Amount | undefined {
  const askedBy = ([name, ...path]: readonly string[]): AskedSize | undefined => {
    const argument = field.args.find((each) => each.name === name);
    const value = node.arguments?.find((each) => each.name.value === name)?.value;
    return argument && { argument, path, value };
  };
  const slicing = field.args.filter(({ name }) => slicingArguments?.includes(name));
  const asked = slicing.flatMap(({ name }) => askedBy([name]) ?? []);
  const given = asked.filter(({ value }) => value && value.kind !== Kind.NULL);
  if (slicing.length > 0 && requireOneSlicingArgument) {
    const hasDefault = asked.some(
      ({ argument, value }) => !value && argument.defaultValue !== undefined,
    );
    if (given.length > 1 || (given.length === 0 && !hasDefault)) throw needsOne(node, slicing);
  }
  const counted = requireOneSlicingArgument && given.length > 0 ? given : asked;
  const inside = slicingInput && askedBy(slicingInput);
  const all = inside ? [...counted, inside] : counted;
  const unsaid = assumedSize ?? undefined;
  const largest = (variables: Variables): number => {
    const sizes = all.flatMap(
      ({ argument, path, value }) =>
        sizeIn(argument, path, value && valueFromASTUntyped(value, variables)) ?? [],
    );
    return sizes.length > 0 ? Math.max(0, ...sizes) : (unsaid ?? DEFAULT_LIST_SIZE);
  };
  if (all.some(({ value }) => value && hasVariable(value))) return largest;
  return all.some(({ argument, value }) => value ?? argument.defaultValue) ? largest({}) : unsaid;
}

/** An argument that gives a list's size. */
interface AskedSize {
  readonly argument: GraphQLArgument;
  /** Path to the number in the argument's input object; empty when the argument itself is the number. */
  readonly path: readonly string[];
  readonly value: ValueNode | undefined;
}

/** @param sent - the value of the argument or input field; the default counts when it was not sent. */
function sizeIn(
  { type, defaultValue }: GraphQLArgument | GraphQLInputField,
  [name, ...path]: readonly string[],
  sent: unknown = defaultValue,
): number | undefined {
  if (name === undefined) return typeof sent === 'number' ? sent : undefined;
  const inputType = getNamedType(type);
  const field = isInputObjectType(inputType) ? inputType.getFields()[name] : undefined;
  if (!field || typeof sent !== 'object' || sent === null) return undefined;
  return sizeIn(field, path, (sent as Readonly<Record<string, unknown>>)[name]);
}

const needsOne = (node: FieldNode, slicing: readonly GraphQLArgument[]) => {
  const names = slicing.map(({ name }) => `"${name}"`).join(', ');
  return invalid(
    slicing.length === 1
      ? `"${node.name.value}" needs the argument ${names}.`
      : `"${node.name.value}" needs exactly one of the arguments ${names}.`,
  );
};
