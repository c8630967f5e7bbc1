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

/** How long a list may be, as `@listSize` says it. */
export interface ListSize {
  readonly assumedSize?: number | null | undefined;
  /** Of the field's arguments, those that say how many are asked for. */
  readonly slicingArguments?: readonly string[] | null | undefined;
  /** Of an argument's input object, the field that says it: `["input", "maxPoints"]`. */
  readonly slicingInput?: readonly string[];
  /** Lists one level below, which have that size in the field's stead: `edges` and `nodes` of a connection. */
  readonly sizedFields?: readonly string[] | null | undefined;
  readonly requireOneSlicingArgument: boolean;
}

/** What a graph's `@cost` and `@listSize` say. */
export interface CostRules {
  /** Of one object (an input object too) or one value of a type: 1 and 0 where nothing is said. The largest, where it may be of several. */
  readonly ofType: (type: GraphQLNamedType) => number;
  /** Of a field, once for each item if it is a list; undefined where it is its type's. */
  readonly ofField: (parent: GraphQLCompositeType, field: string) => number | undefined;
  /** `Query.books(first:)`, `BookFilter.author`: undefined where it is its type's. */
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
 * Reads the rules of the IBM GraphQL cost specification, as Apollo Federation has it (cost/v0.1), and `@slicingInput`, which
 * is our own: composition refuses the "input.maxPoints" that the specification allows in `slicingArguments`.
 *
 * @param sdl - where the directives stand. They are known by these names only: `@link` must not rename them.
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
