import {
  type ArgumentNode,
  type GraphQLSchema,
  isCompositeType,
  Kind,
  parse,
  print,
  TypeInfo,
  valueFromASTUntyped,
  visit,
  visitWithTypeInfo,
} from 'graphql';

/** A field that another one `@requires`, with these arguments. */
export interface RequiredField {
  readonly typeName: string;
  readonly name: string;
  readonly arguments: readonly ArgumentNode[];
  /** The same arguments have the same text. */
  readonly argumentsText: string;
}

/** By the path from the object that requires them: names of fields joined by dots. */
export type Requirement = ReadonlyMap<string, RequiredField>;

/** By the field that requires (`requiringField`). */
export type Requirements = ReadonlyMap<string, Requirement>;

/** Names a field of a subgraph. */
export const requiringField = (subgraph: string, typeName: string, name: string): string =>
  `${subgraph} ${typeName}.${name}`;

/** The names of those that are required with different arguments. */
export function namesWithConflict(fields: Iterable<RequiredField>): ReadonlySet<string> {
  const byName = Map.groupBy(fields, ({ name }) => name);
  const hasConflict = (each: readonly RequiredField[]) =>
    new Set(each.map(({ argumentsText }) => argumentsText)).size > 1;
  return new Set([...byName].flatMap(([name, each]) => (hasConflict(each) ? [name] : [])));
}

/** The requirements of a supergraph's fields, without keys, which are always fetched. */
export function readRequirements(supergraphSdl: string, schema: GraphQLSchema): Requirements {
  const subgraphs = new Map<unknown, string>();
  const requirements = new Map<string, Requirement>();
  const { definitions } = parse(supergraphSdl, { noLocation: true });
  for (const definition of definitions) {
    if (definition.kind !== Kind.ENUM_TYPE_DEFINITION) continue;
    for (const { name, directives = [] } of definition.values ?? [])
      for (const directive of directives)
        if (directive.name.value === 'join__graph')
          subgraphs.set(name.value, String(argumentsOf(directive).name));
  }
  for (const type of definitions) {
    if (type.kind !== Kind.OBJECT_TYPE_DEFINITION && type.kind !== Kind.INTERFACE_TYPE_DEFINITION)
      continue;
    const typeName = type.name.value;
    const keys = (type.directives ?? []).map(argumentsOf);
    for (const { name, directives = [] } of type.fields ?? [])
      for (const directive of directives) {
        const { graph, requires } = argumentsOf(directive);
        const subgraph = subgraphs.get(graph);
        if (directive.name.value !== 'join__field' || !subgraph || typeof requires !== 'string')
          continue;
        const requirement = readRequirement(requires, typeName, schema);
        for (const { graph: keyGraph, key } of keys)
          if (keyGraph === graph && typeof key === 'string')
            for (const path of readRequirement(key, typeName, schema).keys())
              requirement.delete(path);
        requirements.set(requiringField(subgraph, typeName, name.value), requirement);
      }
  }
  return requirements;
}

const argumentsOf = ({
  arguments: given = [],
}: {
  readonly arguments?: readonly ArgumentNode[];
}): Readonly<Record<string, unknown>> =>
  Object.fromEntries(given.map(({ name, value }) => [name.value, valueFromASTUntyped(value)]));

function readRequirement(
  fields: string,
  typeName: string,
  schema: GraphQLSchema,
): Map<string, RequiredField> {
  const requirement = new Map<string, RequiredField>();
  const path: string[] = [];
  const type = schema.getType(typeName);
  const info = new TypeInfo(schema, isCompositeType(type) ? type : undefined);
  const [operation] = parse(`{${fields}}`, { noLocation: true }).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) return requirement;
  const read = visitWithTypeInfo(info, {
    Field: {
      enter({ name, arguments: given = [] }) {
        path.push(name.value);
        requirement.set(path.join('.'), {
          typeName: info.getParentType()?.name ?? '',
          name: name.value,
          arguments: given,
          argumentsText: given.map(print).toSorted().join(),
        });
      },
      leave: () => void path.pop(),
    },
  });
  visit(operation.selectionSet, read);
  return requirement;
}
