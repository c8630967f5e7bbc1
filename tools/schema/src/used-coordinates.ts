import {
  type DocumentNode,
  getNamedType,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isInputType,
  TypeInfo,
  typeFromAST,
  visit,
  visitWithTypeInfo,
} from 'graphql';

/**
 * The schema coordinates that an operation uses: `Dataset`, `Dataset.name`, `Query.dataset.id`, and every field of the input
 * types of its variables.
 */
export function usedCoordinates(
  schema: GraphQLSchema,
  document: DocumentNode,
): ReadonlySet<string> {
  const used = new Set<string>();
  const typeInfo = new TypeInfo(schema);

  const useType = (type: GraphQLNamedType): void => {
    used.add(type.name);
    if (isEnumType(type)) for (const { name } of type.getValues()) used.add(`${type.name}.${name}`);
  };
  const useInput = (input: GraphQLInputType): void => {
    const type = getNamedType(input);
    if (used.has(type.name)) return;
    useType(type);
    if (!isInputObjectType(type)) return;
    for (const field of Object.values(type.getFields())) {
      used.add(`${type.name}.${field.name}`);
      useInput(field.type);
    }
  };

  visit(
    document,
    visitWithTypeInfo(typeInfo, {
      VariableDefinition({ type: written }) {
        const type = typeFromAST(schema, written);
        if (isInputType(type)) useInput(type);
      },
      Field({ arguments: given = [] }) {
        const parent = typeInfo.getParentType();
        const field = typeInfo.getFieldDef();
        if (!parent || !field) return;
        const parents = isAbstractType(parent)
          ? [parent, ...schema.getPossibleTypes(parent)]
          : [parent];
        for (const { name } of parents) used.add(name).add(`${name}.${field.name}`);
        useType(getNamedType(field.type));
        for (const { name } of given) {
          used.add(`${parent.name}.${field.name}.${name.value}`);
          const type = field.args.find((argument) => argument.name === name.value)?.type;
          if (type) useInput(type);
        }
      },
      InlineFragment({ typeCondition }) {
        if (typeCondition) used.add(typeCondition.name.value);
      },
      FragmentDefinition({ typeCondition }) {
        used.add(typeCondition.name.value);
      },
    }),
  );
  return used;
}
