import { type DocumentNode, type InputValueDefinitionNode, Kind, type TypeNode } from 'graphql';

/** Where a text can stand in an operation's variables: keys of objects, indexes of lists. */
export type Position = readonly (string | number)[];

/** The scalars that take no text. */
const WITHOUT_TEXT: ReadonlySet<string> = new Set(['Int', 'Float', 'Boolean', 'Upload']);
const OBJECT_SCALARS: ReadonlySet<string> = new Set(['JSONObject', 'JSON']);

/** Every place of a text in the arguments of a field, optional ones too. */
export function textPositions(
  supergraph: DocumentNode,
  args: readonly InputValueDefinitionNode[],
): readonly Position[] {
  const below = (nodes: readonly InputValueDefinitionNode[], path: Position): readonly Position[] =>
    nodes.flatMap(({ name, type }) => inType(type, [...path, name.value]));

  const inType = (type: TypeNode, path: Position): readonly Position[] => {
    if (type.kind === Kind.NON_NULL_TYPE) return inType(type.type, path);
    if (type.kind === Kind.LIST_TYPE) return inType(type.type, [...path, 0]);
    const name = type.name.value;
    if (WITHOUT_TEXT.has(name)) return [];
    if (OBJECT_SCALARS.has(name)) return [[...path, 'text']];
    const node = supergraph.definitions.find(
      (definition) => 'name' in definition && definition.name?.value === name,
    );
    if (node?.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION) return below(node.fields ?? [], path);
    return [path];
  };
  return below(args, []);
}

/** Variables with a text at a position, and the lists and objects that lead there. */
export function withText(variables: object, position: Position, text: string): object {
  const copy = structuredClone(variables);
  let parent = copy as Record<string | number, unknown>;
  for (const [depth, key] of position.slice(0, -1).entries()) {
    const child = parent[key];
    const isThere = typeof child === 'object' && child !== null;
    if (!isThere) parent[key] = typeof position[depth + 1] === 'number' ? [] : {};
    parent = parent[key] as Record<string | number, unknown>;
  }
  parent[position.at(-1) ?? ''] = text;
  return copy;
}
