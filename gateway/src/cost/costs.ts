import {
  type ConstDirectiveNode,
  type DocumentNode,
  type GraphQLCompositeType,
  type GraphQLNamedType,
  type GraphQLSchema,
  isAbstractType,
  isCompositeType,
  isInputObjectType,
  isTypeDefinitionNode,
  isTypeExtensionNode,
  valueFromASTUntyped,
} from 'graphql';
import { z } from 'zod';

/** The size of a list, from `@listSize`. */
export interface ListSize {
  readonly assumedSize?: number | null | undefined;
  /** The field's arguments that give the number of items. */
  readonly slicingArguments?: readonly string[] | null | undefined;
  /** Path to the number in an argument's input object: `["input", "maxPoints"]`. */
  readonly slicingInput?: readonly string[];
  /** Lists one level below that have this size instead of the field: `edges` and `nodes` of a connection. */
  readonly sizedFields?: readonly string[] | null | undefined;
  readonly requireOneSlicingArgument: boolean;
}

/** The `@cost` and `@listSize` of a graph. */
export interface CostRules {
  /** Weight of one object (input objects included) or one value of a type; default 1 and 0. Of an abstract type, the largest. */
  readonly ofType: (type: GraphQLNamedType) => number;
  /** Weight of a field, once for each item of a list; undefined: its type's. */
  readonly ofField: (parent: GraphQLCompositeType, field: string) => number | undefined;
  /** Weight of `Query.books(first:)` or `BookFilter.author`; undefined: its type's. */
  readonly ofInput: (coordinate: string) => number | undefined;
  readonly sizeOf: (parent: GraphQLCompositeType, field: string) => ListSize | undefined;
}

const COST = z.object({ weight: z.number() });
const SLICING_INPUT = z.object({ path: z.string() });
const LIST_SIZE = z.object({
  assumedSize: z.number().nullish(),
  slicingArguments: z.array(z.string()).nullish(),
  sizedFields: z.array(z.string()).nullish(),
  requireOneSlicingArgument: z.boolean().default(true),
});

/**
 * Reads the rules of the IBM GraphQL cost specification as in Apollo Federation (cost/v0.1), and `@slicingInput`, which
 * is our own: composition refuses the "input.maxPoints" that the specification allows in `slicingArguments`.
 *
 * @param sdl - holds the directives. They must have these names: `@link` must not rename them.
 */
export function readCosts(schema: GraphQLSchema, sdl: DocumentNode): CostRules {
  const weights = new Map<string, number>();
  const sizes = new Map<string, ListSize>();
  const slicingInputs = new Map<string, readonly string[]>();
  const add = (coordinate: string, directives: readonly ConstDirectiveNode[] = []): void => {
    for (const directive of directives) {
      if (directive.name.value === 'cost')
        weights.set(coordinate, COST.parse(argumentsOf(directive)).weight);
      if (directive.name.value === 'listSize')
        sizes.set(coordinate, LIST_SIZE.parse(argumentsOf(directive)));
      if (directive.name.value === 'slicingInput')
        slicingInputs.set(coordinate, SLICING_INPUT.parse(argumentsOf(directive)).path.split('.'));
    }
  };
  for (const node of sdl.definitions) {
    if (!isTypeDefinitionNode(node) && !isTypeExtensionNode(node)) continue;
    const type = node.name.value;
    add(type, node.directives);
    for (const field of ('fields' in node && node.fields) || []) {
      const coordinate = `${type}.${field.name.value}`;
      add(coordinate, field.directives);
      for (const argument of ('arguments' in field && field.arguments) || [])
        add(`${coordinate}(${argument.name.value}:)`, argument.directives);
    }
  }
  for (const [coordinate, slicingInput] of slicingInputs) {
    const size = sizes.get(coordinate) ?? LIST_SIZE.parse({});
    sizes.set(coordinate, { ...size, slicingInput });
  }

  const withPossible = (type: GraphQLNamedType): readonly GraphQLNamedType[] =>
    isAbstractType(type) ? [type, ...schema.getPossibleTypes(type)] : [type];
  const standingOn = <Rule>(
    rules: ReadonlyMap<string, Rule>,
    parent: GraphQLCompositeType,
    field: string,
  ): readonly Rule[] =>
    withPossible(parent).flatMap(({ name }) => rules.get(`${name}.${field}`) ?? []);
  const largest = (all: readonly number[]): number | undefined =>
    all.length > 0 ? Math.max(...all) : undefined;

  return {
    ofType: (type) =>
      largest(withPossible(type).flatMap(({ name }) => weights.get(name) ?? [])) ??
      (isCompositeType(type) || isInputObjectType(type) ? 1 : 0),
    ofField: (parent, field) => largest(standingOn(weights, parent, field)),
    ofInput: (coordinate) => weights.get(coordinate),
    sizeOf: (parent, field) => standingOn(sizes, parent, field)[0],
  };
}

const argumentsOf = ({ arguments: given = [] }: ConstDirectiveNode): Record<string, unknown> =>
  Object.fromEntries(given.map(({ name, value }) => [name.value, valueFromASTUntyped(value)]));
