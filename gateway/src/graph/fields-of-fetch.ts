import type { FetchNode } from '@apollo/query-planner';
import { type DocumentNode, Kind, type SelectionNode, visit } from 'graphql';

import type { IsOfType } from './entities.ts';
import { selectionsOfFetch } from './parse-fetch.ts';

/** The response keys that a fetch returns for an object of a type: the root, or each of its entities. */
export function fieldsOfFetch(
  fetch: FetchNode,
  isOfType: IsOfType,
): (typeName: unknown) => readonly string[] {
  const keysOf = (selections: readonly SelectionNode[], typeName: unknown): string[] =>
    selections.flatMap((selection) => {
      if (selection.kind === Kind.FIELD) return (selection.alias ?? selection.name).value;
      if (selection.kind === Kind.FRAGMENT_SPREAD) return [];
      const condition = selection.typeCondition?.name.value;
      const isMeant =
        condition === undefined || typeof typeName !== 'string' || isOfType(typeName, condition);
      return isMeant ? keysOf(selection.selectionSet.selections, typeName) : [];
    });
  const selections = selectionsOfFetch(fetch);
  return (typeName) =>
    [...new Set(keysOf(selections, typeName))].filter((key) => key !== '__typename');
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
