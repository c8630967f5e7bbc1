import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  getNamedType,
  getOperationAST,
  type GraphQLCompositeType,
  GraphQLError,
  type GraphQLObjectType,
  type GraphQLSchema,
  isCompositeType,
  Kind,
  type NamedTypeNode,
  type OperationDefinitionNode,
} from 'graphql';

/** The operation of a document that runs, with its root type and fragments. */
export interface Operation {
  readonly definition: OperationDefinitionNode;
  readonly rootType: GraphQLObjectType;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
}

/** @throws {GraphQLError} when the document has no such operation. */
export function findOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | null | undefined,
): Operation {
  const definition = getOperationAST(document, operationName);
  const rootType = definition && schema.getRootType(definition.operation);
  if (!rootType) throw noSuchOperation(operationName);
  const fragments = new Map(
    document.definitions.flatMap((node) =>
      node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node]] : [],
    ),
  );
  return { definition, rootType, fragments };
}

/** The document has no operation of that name, or several while the request names none. */
export function noSuchOperation(operationName: string | null | undefined): GraphQLError {
  const message = operationName
    ? `There is no operation "${operationName}".`
    : 'The document has several operations: send an "operationName".';
  return new GraphQLError(message, {
    extensions: { code: 'OPERATION_RESOLUTION_FAILURE', http: { status: 400 } },
  });
}

/** The type whose fields are selected below a field; undefined below GraphQL's own `__schema` and `__type`. */
export function typeBelow(
  parent: GraphQLCompositeType,
  { name }: FieldNode,
): GraphQLCompositeType | undefined {
  const field = 'getFields' in parent ? parent.getFields()[name.value] : undefined;
  const type = field && getNamedType(field.type);
  return isCompositeType(type) ? type : undefined;
}

/** The type whose fields a fragment selects. */
export function typeInside(
  schema: GraphQLSchema,
  condition: NamedTypeNode | undefined,
  parent: GraphQLCompositeType,
): GraphQLCompositeType {
  const type = condition && schema.getType(condition.name.value);
  return isCompositeType(type) ? type : parent;
}
