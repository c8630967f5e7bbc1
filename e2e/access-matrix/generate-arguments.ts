import {
  type DocumentNode,
  type InputValueDefinitionNode,
  Kind,
  type TypeNode,
  valueFromASTUntyped,
} from 'graphql';

import type { FieldEntry } from './fields.ts';
import type { Things } from './things.ts';

/** Arguments that start with the name of a thing: `datasetId`, `workspaceId`. A `userId` is a person of the workspace. */
const BY_NAME = /^(\w+)Id$/;

/**
 * The variables of a root field, made up out of the types of its arguments: ids are of real things, texts, numbers and
 * enums are samples, and what may be left out is. The field's entry says what cannot be guessed.
 * @throws {Error} when there is nothing to guess by.
 */
export async function generateArguments(
  supergraph: DocumentNode,
  args: readonly InputValueDefinitionNode[],
  { id, values = {} }: FieldEntry,
  things: Things,
): Promise<Readonly<Record<string, unknown>>> {
  const given = typeof values === 'function' ? await values(things) : values;

  const valueOf = async ({
    name,
    type,
    defaultValue,
  }: InputValueDefinitionNode): Promise<unknown> => {
    const key = name.value;
    if (key in given) return given[key];
    if (defaultValue) return valueFromASTUntyped(defaultValue);
    if (type.kind !== Kind.NON_NULL_TYPE) return undefined;
    return sample(key, type.type);
  };
  const sample = async (key: string, type: TypeNode): Promise<unknown> => {
    if (type.kind !== Kind.NAMED_TYPE) return [];
    switch (type.name.value) {
      case 'ID': {
        const thing = key === 'id' ? id : BY_NAME.exec(key)?.[1];
        if (!thing) throw new Error(`Say in fields.ts what "${key}" is the id of.`);
        return things.idOf(thing);
      }
      case 'String':
        return 'sample';
      case 'Int':
      case 'Float':
        return 1;
      case 'Boolean':
        return false;
      case 'JSONObject':
        return {};
      case 'Upload':
        return null;
      default:
        return sampleOf(type.name.value);
    }
  };
  const sampleOf = async (typeName: string): Promise<unknown> => {
    const node = supergraph.definitions.find(
      (definition) => 'name' in definition && definition.name?.value === typeName,
    );
    if (node?.kind === Kind.ENUM_TYPE_DEFINITION) return node.values?.[0]?.name.value;
    if (node?.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION) return valuesOf(node.fields ?? []);
    throw new Error(`Teach generate-arguments.ts what a ${typeName} looks like.`);
  };
  const valuesOf = async (nodes: readonly InputValueDefinitionNode[]) =>
    Object.fromEntries(
      await Promise.all(nodes.map(async (node) => [node.name.value, await valueOf(node)] as const)),
    ) as Record<string, unknown>;

  return valuesOf(args);
}
