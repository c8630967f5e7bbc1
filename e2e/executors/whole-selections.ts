import {
  getNamedType,
  type GraphQLField,
  type GraphQLOutputType,
  type GraphQLSchema,
  isAbstractType,
  isEnumType,
  isObjectType,
  isRequiredArgument,
  isScalarType,
} from 'graphql';

/** Everything that can be selected of a type without arguments, down to a depth. Empty for scalars. */
export function wholeSelection(
  schema: GraphQLSchema,
  type: GraphQLOutputType,
  depth: number,
): string {
  const named = getNamedType(type);
  if (isScalarType(named) || isEnumType(named)) return '';
  const parts = isAbstractType(named)
    ? schema
        .getPossibleTypes(named)
        .map((possible) => `... on ${possible.name} ${wholeSelection(schema, possible, depth)}`)
    : Object.values(isObjectType(named) ? named.getFields() : {}).flatMap((field) =>
        selectionOf(schema, field, depth),
      );
  return `{ __typename ${parts.join(' ')} }`;
}

function selectionOf(
  schema: GraphQLSchema,
  { name, type, args }: GraphQLField<unknown, unknown>,
  depth: number,
): readonly string[] {
  if (args.some(isRequiredArgument)) return [];
  const named = getNamedType(type);
  const isLeaf = isScalarType(named) || isEnumType(named);
  if (isLeaf) return [name];
  return depth > 0 ? [`${name} ${wholeSelection(schema, type, depth - 1)}`] : [];
}
