import type { FetchNode } from '@apollo/query-planner';
import { Kind, type OperationDefinitionNode, parse, type SelectionNode, visit } from 'graphql';

/** The operation of a fetch, with spreads replaced by their fragments. */
export function parseFetch({ operation }: FetchNode): OperationDefinitionNode {
  const { definitions } = parse(operation, { noLocation: true });
  const expand = <T extends OperationDefinitionNode | SelectionNode>(node: T): T =>
    visit(node, {
      FragmentSpread({ name, directives }) {
        const fragment = definitions.find(
          (each) => each.kind === Kind.FRAGMENT_DEFINITION && each.name.value === name.value,
        );
        if (fragment?.kind !== Kind.FRAGMENT_DEFINITION) return undefined;
        const { typeCondition, selectionSet } = fragment;
        return expand({
          kind: Kind.INLINE_FRAGMENT,
          typeCondition,
          selectionSet,
          ...(directives && { directives }),
        });
      },
    });
  const definition = definitions.find((each) => each.kind === Kind.OPERATION_DEFINITION);
  if (!definition) throw new Error('A fetch without an operation was planned.');
  return expand(definition);
}

/** The selections of a fetch on the root, or on each of its entities. */
export function selectionsOfFetch(
  fetch: FetchNode,
  operation = parseFetch(fetch),
): readonly SelectionNode[] {
  const { selections } = operation.selectionSet;
  const [entities] = selections;
  return fetch.requires && entities?.kind === Kind.FIELD
    ? (entities.selectionSet?.selections ?? [])
    : selections;
}

/** The names that its data has for response keys of its operation, where they are others. */
export const renamedKeysOf = ({ outputRewrites = [] }: FetchNode): ReadonlyMap<string, string> =>
  new Map(
    outputRewrites.flatMap((each) => {
      const key = each.path.at(-1);
      return each.kind === 'KeyRenamer' && key !== undefined ? [[key, each.renameKeyTo]] : [];
    }),
  );
