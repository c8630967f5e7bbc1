import {
  type FieldNode,
  getNamedType,
  getNullableType,
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  isListType,
  Kind,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';

import { type Operation, typeBelow, typeInside } from '../access/operation.ts';
import { type Amount, product, sum, type Variables } from './amount.ts';
import type { CostRules, ListSize } from './costs.ts';
import { argumentCost } from './input-cost.ts';
import { invalid } from './refusals.ts';

/** Of a list of which nothing is said. */
const DEFAULT_LIST_SIZE = 10;
/** Of an operation before anything in it; a mutation is never free of side effects. */
const BASE_COST = { query: 1, subscription: 1, mutation: 10 } as const;
/** The whole schema takes some milliseconds to describe. */
const INTROSPECTION_COST = 1_000;

/** What an operation will cost, at most: its lists as long as they may be, its conditions all met. */
export interface Estimate {
  readonly cost: Amount;
  /** Whether it asks what the schema is. */
  readonly introspects: boolean;
}

interface EstimateOptions {
  readonly schema: GraphQLSchema;
  readonly rules: CostRules;
  readonly operation: Operation;
}

/** A field's `sizedFields`, and how long they are. */
interface SizedLists {
  readonly names: readonly string[];
  readonly size: Amount;
}

type Field = GraphQLField<unknown, unknown>;

/**
 * Costs an operation as Apollo Router does: each object costs its type's weight as often as its lists repeat it, values
 * nothing unless something is said of them, and arguments the weights of what is in them.
 *
 * It goes through every field of the operation, so the shape of the document is to be asserted first; and the operation is
 * valid.
 * @throws {GraphQLError} GRAPHQL_VALIDATION_FAILED when a list is asked for without saying how much of it, or twice.
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

/** How many items are asked for by a field's slicing arguments; undefined when nothing tells. */
function sizeAsked(
  { slicingArguments, requireOneSlicingArgument, assumedSize }: ListSize,
  node: FieldNode,
  field: Field,
): Amount | undefined {
  const slicing = field.args.filter(({ name }) => slicingArguments?.includes(name));
  const asked = slicing.map((argument) => ({
    fallback: numberOf(argument.defaultValue),
    value: node.arguments?.find(({ name }) => name.value === argument.name)?.value,
  }));
  const given = asked.filter(({ value }) => value && value.kind !== Kind.NULL);
  if (slicing.length > 0 && requireOneSlicingArgument) {
    const hasDefault = asked.some(({ fallback, value }) => !value && fallback !== undefined);
    if (given.length > 1 || (given.length === 0 && !hasDefault)) throw needsOne(node, slicing);
  }
  const counted = requireOneSlicingArgument && given.length > 0 ? given : asked;
  const unsaid = assumedSize ?? undefined;
  const largest = (variables: Variables): number => {
    const sizes = counted.flatMap(
      ({ value, fallback }) => (value ? sizeIn(value, fallback, variables) : fallback) ?? [],
    );
    return sizes.length > 0 ? Math.max(0, ...sizes) : (unsaid ?? DEFAULT_LIST_SIZE);
  };
  if (counted.some(({ value }) => value?.kind === Kind.VARIABLE)) return largest;
  return counted.some(({ value, fallback }) => value ?? fallback) ? largest({}) : unsaid;
}

function sizeIn(
  value: ValueNode,
  fallback: number | undefined,
  variables: Variables,
): number | undefined {
  if (value.kind === Kind.INT) return Number(value.value);
  if (value.kind !== Kind.VARIABLE) return undefined;
  const sent = variables[value.name.value];
  return sent === undefined ? fallback : numberOf(sent);
}

const numberOf = (value: unknown): number | undefined =>
  typeof value === 'number' ? value : undefined;

const needsOne = (node: FieldNode, slicing: readonly GraphQLArgument[]) => {
  const names = slicing.map(({ name }) => `"${name}"`).join(', ');
  return invalid(
    slicing.length === 1
      ? `"${node.name.value}" needs the argument ${names}.`
      : `"${node.name.value}" needs exactly one of the arguments ${names}.`,
  );
};
