import {
  getNamedType,
  getNullableType,
  type GraphQLInputType,
  isInputObjectType,
  isListType,
  Kind,
  type ValueNode,
  valueFromASTUntyped,
} from 'graphql';

import type { Amount } from './amount.ts';
import type { CostRules } from './costs.ts';

/** The cost of an argument: input objects and weighted inputs, once for each occurrence in the value. */
export function argumentCost(
  rules: CostRules,
  coordinate: string,
  type: GraphQLInputType,
  node: ValueNode,
): Amount {
  const weight = rules.ofInput(coordinate);
  if (!isInputObjectType(getNamedType(type)) && !(weight ?? rules.ofType(getNamedType(type))))
    return 0;
  const weigh = (value: unknown): number => inputCost(rules, value, type, weight);
  return hasVariable(node)
    ? (variables) => weigh(valueFromASTUntyped(node, variables))
    : weigh(valueFromASTUntyped(node));
}

export const hasVariable = (node: ValueNode): boolean => {
  if (node.kind === Kind.LIST) return node.values.some(hasVariable);
  if (node.kind === Kind.OBJECT) return node.fields.some(({ value }) => hasVariable(value));
  return node.kind === Kind.VARIABLE;
};

/** @param weight - `@cost` of the argument or input field with this value. */
function inputCost(
  rules: CostRules,
  value: unknown,
  type: GraphQLInputType,
  weight: number | undefined,
): number {
  if (value === null || value === undefined) return 0;
  const nullable = getNullableType(type);
  const named = getNamedType(type);
  const own = weight ?? rules.ofType(named);
  if (isListType(nullable) && Array.isArray(value)) {
    if (!isInputObjectType(named)) return own && own * (value.length + 1);
    return value.reduce<number>(
      (total, item) => total + inputCost(rules, item, nullable.ofType, weight),
      weight ?? 0,
    );
  }
  if (!isInputObjectType(named) || typeof value !== 'object') return own;
  const sent = value as Readonly<Record<string, unknown>>;
  return Object.values(named.getFields()).reduce((total, { name, type: fieldType }) => {
    if (!Object.hasOwn(sent, name)) return total;
    const fieldWeight = rules.ofInput(`${named.name}.${name}`);
    return total + inputCost(rules, sent[name], fieldType, fieldWeight);
  }, own);
}
