import {
  type DocumentNode,
  Kind,
  type ObjectTypeDefinitionNode,
  type ObjectTypeExtensionNode,
  type TypeNode,
} from 'graphql';

interface SubgraphSchema {
  readonly name: string;
  readonly document: DocumentNode;
}

type ObjectNode = ObjectTypeDefinitionNode | ObjectTypeExtensionNode;

/**
 * Finds fields that must be nullable so that a subgraph that is down does not null the fields of others:
 * - fields of `Query`, to which every subgraph adds. Not those of `Mutation`: clients send one at a time;
 * - fields that a subgraph adds to an entity whose home is another subgraph;
 * - fields, or items of lists, that refer to such an entity: its own fields come from its home.
 *
 * The home of an entity is the subgraph that defines most of its fields.
 * @returns a message for each such field that is not nullable.
 */
export function boundaryProblems(subgraphs: readonly SubgraphSchema[]): readonly string[] {
  const homes = new Map<string, { readonly name: string; readonly size: number }>();
  for (const { name, document } of subgraphs) {
    for (const type of objectTypes(document)) {
      const size = ownFields(type).length;
      if (isEntity(type) && size > (homes.get(type.name.value)?.size ?? -1))
        homes.set(type.name.value, { name, size });
    }
  }
  return subgraphs.flatMap(({ name, document }) => {
    const isForeign = (typeName: string) => (homes.get(typeName)?.name ?? name) !== name;
    return objectTypes(document).flatMap((type) => {
      const mayFail = type.name.value === 'Query' || isForeign(type.name.value);
      return ownFields(type).flatMap((field) => {
        const place = `${type.name.value}.${field.name.value} (${name})`;
        const innermost = itemType(field.type);
        if (mayFail && field.type.kind === Kind.NON_NULL_TYPE)
          return `${place} must be nullable: other fields beside it come from other subgraphs.`;
        const isStrict = innermost.kind === Kind.NON_NULL_TYPE;
        if (isStrict && isForeign(nameOf(innermost)))
          return `${place} must be nullable: it refers to ${nameOf(innermost)}, whose fields come from another subgraph.`;
        return [];
      });
    });
  });
}

const objectTypes = ({ definitions }: DocumentNode): readonly ObjectNode[] =>
  definitions.filter(
    (each): each is ObjectNode =>
      each.kind === Kind.OBJECT_TYPE_DEFINITION || each.kind === Kind.OBJECT_TYPE_EXTENSION,
  );

const keysOf = ({ directives = [] }: ObjectNode): readonly string[] =>
  directives
    .filter(({ name }) => name.value === 'key')
    .flatMap(({ arguments: given = [] }) => given)
    .flatMap(({ value }) => (value.kind === Kind.STRING ? value.value.split(/[\s{}]+/) : []));

const isEntity = (type: ObjectNode): boolean => keysOf(type).length > 0;

/** Fields that the subgraph resolves itself, without keys and external fields. */
const ownFields = (type: ObjectNode) => {
  const keys = new Set(keysOf(type));
  return (type.fields ?? []).filter(
    ({ name, directives = [] }) =>
      !keys.has(name.value) && !directives.some((each) => each.name.value === 'external'),
  );
};

/** The type of what a field holds, or of the items of its list. */
function itemType(type: TypeNode): TypeNode {
  if (type.kind === Kind.LIST_TYPE) return itemType(type.type);
  if (type.kind === Kind.NON_NULL_TYPE && type.type.kind === Kind.LIST_TYPE)
    return itemType(type.type);
  return type;
}

const nameOf = (type: TypeNode): string =>
  type.kind === Kind.NAMED_TYPE ? type.name.value : nameOf(type.type);
