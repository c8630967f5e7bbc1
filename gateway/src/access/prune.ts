import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  isAbstractType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

import { type Operation, typeBelow, typeInside } from '../ast/operation.ts';
import type { DeniedFields } from './denied-fields.ts';

/**
 * An operation without its denied fields, in a document of its own. An empty selection set becomes `__typename`.
 * @param typeKey - the key of the type name on objects of abstract types. The operation must not use it.
 */
export function prune(
  schema: GraphQLSchema,
  { definition, rootType, fragments }: Operation,
  denied: DeniedFields,
  typeKey: string,
): DocumentNode {
  const kept = new Map<string, FragmentDefinitionNode>();

  const keep = (name: string, parent: GraphQLCompositeType): void => {
    const fragment = fragments.get(name);
    if (!fragment || kept.has(name)) return;
    kept.set(name, fragment);
    const type = typeInside(schema, fragment.typeCondition, parent);
    kept.set(name, { ...fragment, selectionSet: pruneSet(fragment.selectionSet, type) });
  };
  const pruneSelection = (
    selection: SelectionNode,
    parent: GraphQLCompositeType,
  ): SelectionNode | undefined => {
    switch (selection.kind) {
      case Kind.FIELD: {
        if (denied.has(selection)) return undefined;
        const type = typeBelow(parent, selection);
        if (!type || !selection.selectionSet) return selection;
        return { ...selection, selectionSet: pruneSet(selection.selectionSet, type) };
      }
      case Kind.INLINE_FRAGMENT: {
        const type = typeInside(schema, selection.typeCondition, parent);
        return { ...selection, selectionSet: pruneSet(selection.selectionSet, type) };
      }
      case Kind.FRAGMENT_SPREAD:
        keep(selection.name.value, parent);
        return selection;
    }
  };
  const pruneSet = (set: SelectionSetNode, parent: GraphQLCompositeType): SelectionSetNode => {
    const selections = set.selections.flatMap((node) => pruneSelection(node, parent) ?? []);
    if (isAbstractType(parent)) selections.push(typename(typeKey));
    else if (selections.length === 0) selections.push(typename());
    return { ...set, selections };
  };

  const operation = {
    ...definition,
    selectionSet: pruneSet(definition.selectionSet, rootType),
  };
  return { kind: Kind.DOCUMENT, definitions: [operation, ...kept.values()] };
}

const typename = (key?: string): FieldNode => ({
  kind: Kind.FIELD,
  name: { kind: Kind.NAME, value: '__typename' },
  ...(key && { alias: { kind: Kind.NAME, value: key } }),
});
