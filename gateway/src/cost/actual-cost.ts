import {
  type FieldNode,
  getNamedType,
  type GraphQLCompositeType,
  type GraphQLSchema,
  Kind,
  type SelectionSetNode,
} from 'graphql';

import { type Operation, typeBelow, typeInside } from '../ast/operation.ts';
import type { CostRules } from './costs.ts';

interface ActualCostOptions {
  readonly schema: GraphQLSchema;
  readonly rules: CostRules;
  readonly operation: Operation;
  /** The data of the answer. */
  readonly data: object;
}

type Answer = Readonly<Record<string, unknown>>;

/** The cost of an answer by the weights of the estimate, to compare the two. */
export function actualCost({ schema, rules, operation, data }: ActualCostOptions): number {
  const ofField = (
    node: FieldNode,
    parent: GraphQLCompositeType,
    objects: readonly Answer[],
  ): number => {
    const field = 'getFields' in parent ? parent.getFields()[node.name.value] : undefined;
    if (!field) return 0;
    const key = (node.alias ?? node.name).value;
    const values = objects.flatMap((object) => valuesAt(object, key));
    const weight = rules.ofField(parent, node.name.value) ?? rules.ofType(getNamedType(field.type));
    const type = typeBelow(parent, node);
    const below =
      type && node.selectionSet ? ofSet(node.selectionSet, type, values as readonly Answer[]) : 0;
    return values.length * weight + below;
  };
  const ofSet = (
    { selections }: SelectionSetNode,
    parent: GraphQLCompositeType,
    objects: readonly Answer[],
  ): number =>
    selections.reduce((total, selection) => {
      if (selection.kind === Kind.FIELD) return total + ofField(selection, parent, objects);
      const fragment =
        selection.kind === Kind.INLINE_FRAGMENT
          ? selection
          : operation.fragments.get(selection.name.value);
      if (!fragment) return total;
      const type = typeInside(schema, fragment.typeCondition, parent);
      return total + ofSet(fragment.selectionSet, type, objects);
    }, 0);
  return ofSet(operation.definition.selectionSet, operation.rootType, [data as Answer]);
}

/** The value, or the values of a list, without null. */
const valuesAt = (object: Answer, key: string): readonly unknown[] =>
  Object.hasOwn(object, key) ? [object[key]].flat(Infinity).filter((value) => value !== null) : [];
