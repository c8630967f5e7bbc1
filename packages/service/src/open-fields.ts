import { type DocumentNode, getOperationAST, Kind, type SelectionSetNode } from 'graphql';

/** The only root fields that answer without an identity: `viewer` is null then, `__typename` reveals nothing. */
export const OPEN_FIELDS: ReadonlySet<string> = new Set(['viewer', '__typename']);

/**
 * Whether an operation may run for someone who has not signed in: a query all of whose root fields are open.
 * Everything else, introspection included, needs an identity; the gateway and each subgraph refuse it by this rule.
 */
export function isOpenToAnyone(document: DocumentNode, operationName?: string | null): boolean {
  const operation = getOperationAST(document, operationName);
  if (operation?.operation !== 'query') return false;
  const fragments = new Map(
    document.definitions.flatMap((node) =>
      node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node.selectionSet]] : [],
    ),
  );
  const seen = new Set<string>();
  const isOpen = (set: SelectionSetNode | undefined): boolean =>
    set !== undefined &&
    set.selections.every((selection) => {
      switch (selection.kind) {
        case Kind.FIELD:
          return OPEN_FIELDS.has(selection.name.value);
        case Kind.INLINE_FRAGMENT:
          return isOpen(selection.selectionSet);
        case Kind.FRAGMENT_SPREAD: {
          const name = selection.name.value;
          if (seen.has(name)) return true;
          seen.add(name);
          return isOpen(fragments.get(name));
        }
      }
    });
  return isOpen(operation.selectionSet);
}
