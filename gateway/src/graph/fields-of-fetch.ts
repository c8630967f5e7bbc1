import type { FetchNode } from '@apollo/query-planner';
import { type DocumentNode, Kind, parse, type SelectionNode, visit } from 'graphql';

import type { IsOfType } from './entities.ts';

/** The response keys that a fetch brings for an object of a type: of the root, or of each entity that it is for. */
export function fieldsOfFetch(
  { operation, requires }: FetchNode,
  isOfType: IsOfType,
): (typeName: unknown) => readonly string[] {
  const { definitions } = parse(operation, { noLocation: true });
  const fragments = new Map(
    definitions.flatMap((each) =>
      each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each] as const] : [],
    ),
  );
  const keysOf = (selections: readonly SelectionNode[], typeName: unknown): string[] =>
    selections.flatMap((selection) => {
      if (selection.kind === Kind.FIELD) return (selection.alias ?? selection.name).value;
      const fragment =
        selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
      const condition = fragment?.typeCondition?.name.value;
      const isMeant =
        condition === undefined || typeof typeName !== 'string' || isOfType(typeName, condition);
      return fragment && isMeant ? keysOf(fragment.selectionSet.selections, typeName) : [];
    });
  const selections = definitions.flatMap((each) =>
    each.kind === Kind.OPERATION_DEFINITION ? each.selectionSet.selections : [],
  );
  const [root] = selections;
  const own =
    requires && root?.kind === Kind.FIELD ? (root.selectionSet?.selections ?? []) : selections;
  return (typeName) => [...new Set(keysOf(own, typeName))].filter((key) => key !== '__typename');
}

/** Every response key of a document. */
export function responseKeysOf(document: DocumentNode): ReadonlySet<string> {
  const keys = new Set<string>();
  visit(document, {
    Field({ name, alias = name }) {
      keys.add(alias.value);
    },
  });
  return keys;
}
