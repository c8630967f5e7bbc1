import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  OperationTypeNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

/** The selections at the root of an operation, those of its fragments included once each. */
export function* rootSelections(
  { selections }: SelectionSetNode,
  fragments: Fragments,
  seen = new Set<unknown>(),
): Generator<SelectionNode, void> {
  for (const selection of selections) {
    yield selection;
    const inside =
      selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection;
    if (!inside || inside.kind === Kind.FIELD || !inside.selectionSet || seen.has(inside)) continue;
    seen.add(inside);
    yield* rootSelections(inside.selectionSet, fragments, seen);
  }
}

/** The fields at the root of an operation, those in fragments included. */
export const rootFields = (root: SelectionSetNode, fragments: Fragments): readonly FieldNode[] =>
  [...rootSelections(root, fragments)].filter((selection) => selection.kind === Kind.FIELD);

const CONDITIONS: ReadonlySet<string> = new Set(['skip', 'include']);

/**
 * A subscription has exactly one root field, which therefore depends on no condition (GraphQL, draft, 5.2.4.1). GraphQL.js 16
 * does not check that, and fails where the condition is a variable.
 *
 * @throws {GraphQLError} GRAPHQL_VALIDATION_FAILED.
 */
export function assertUnconditionalRoot({ definitions }: DocumentNode): void {
  const fragments = new Map(
    definitions.flatMap((node) =>
      node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node]] : [],
    ),
  );
  for (const node of definitions) {
    if (node.kind !== Kind.OPERATION_DEFINITION) continue;
    if (node.operation !== OperationTypeNode.SUBSCRIPTION) continue;
    for (const { directives = [] } of rootSelections(node.selectionSet, fragments)) {
      const condition = directives.find(({ name }) => CONDITIONS.has(name.value));
      if (!condition) continue;
      throw new GraphQLError(
        `The root field of a subscription cannot depend on "@${condition.name.value}".`,
        {
          nodes: [condition],
          extensions: { code: 'GRAPHQL_VALIDATION_FAILED', http: { status: 400 } },
        },
      );
    }
  }
}
