import {
  type DirectiveNode,
  type DocumentNode,
  GraphQLError,
  Kind,
  OperationTypeNode,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from 'graphql';

import { conditionsOf, conditionVariables } from './conditions.ts';
import type { Operation } from './operation.ts';
import { rootSelections } from './root-fields.ts';

/** The directive as the planner and Apollo Router define it. */
export const DEFER_SDL =
  'directive @defer(label: String, if: Boolean! = true) on FRAGMENT_SPREAD | INLINE_FRAGMENT';
const DEFER = 'defer';

export const isDefer = ({ name }: DirectiveNode): boolean => name.value === DEFER;

const withoutDefersOf = new WeakMap<DocumentNode, DocumentNode>();

/** The document without `@defer`; the same object when it defers nothing. */
export function withoutDefers(document: DocumentNode): DocumentNode {
  const whole =
    withoutDefersOf.get(document) ??
    visit(document, { Directive: (node) => (isDefer(node) ? null : undefined) });
  withoutDefersOf.set(document, whole);
  return whole;
}

interface DefersInForce {
  /** Keeps each `@defer` whose condition is met, without the condition. */
  readonly document: DocumentNode;
  /** The values of the conditions, for the key of the plan. */
  readonly conditions: string;
}

/**
 * Evaluates the conditions of `@defer` before planning: the planner would plan each combination of them.
 *
 * @throws {GraphQLError} GRAPHQL_VALIDATION_FAILED at the root of a mutation, BAD_USER_INPUT for a condition that is null.
 */
export function defersInForce(
  document: DocumentNode,
  { definition, fragments }: Operation,
  variables: Readonly<Record<string, unknown>>,
): DefersInForce {
  if (definition.operation === OperationTypeNode.MUTATION)
    for (const { directives = [] } of rootSelections(definition.selectionSet, fragments))
      for (const directive of directives) if (isDefer(directive)) throw deferredMutation(directive);
  const names = conditionVariables(document, [DEFER]);
  const conditions = conditionsOf(names, definition, variables);
  const isMet = ({ arguments: given = [] }: DirectiveNode): boolean => {
    const value = given.find(({ name }) => name.value === 'if')?.value;
    if (value?.kind === Kind.VARIABLE) return conditions[value.name.value] === true;
    return value?.kind !== Kind.BOOLEAN || value.value;
  };
  const withoutCondition = (node: DirectiveNode): DirectiveNode => ({
    ...node,
    arguments: (node.arguments ?? []).filter(({ name }) => name.value !== 'if'),
  });
  return {
    document: visit(document, {
      Directive: (node) =>
        isDefer(node) ? (isMet(node) ? withoutCondition(node) : null) : undefined,
    }),
    conditions: Object.values(conditions).join(),
  };
}

const deferredMutation = (directive: DirectiveNode): GraphQLError =>
  new GraphQLError(
    '"@defer" is not allowed at the root of a mutation, whose fields run in order.',
    {
      nodes: directive,
      extensions: { code: 'GRAPHQL_VALIDATION_FAILED', http: { status: 400 } },
    },
  );

interface LabelledOperation {
  readonly document: DocumentNode;
  readonly operation: Operation;
  /** The client's labels, by ours. */
  readonly clientLabels: ReadonlyMap<string, string | undefined>;
}

/**
 * Gives each deferred place a label of its own, which matches plan and answer. Spreads are replaced by their fragments, since a
 * fragment that is spread twice is in two places.
 */
export function labelDefers(document: DocumentNode, operation: Operation): LabelledOperation {
  const clientLabels = new Map<string, string | undefined>();
  if (withoutDefers(document) === document) return { document, operation, clientLabels };
  const relabelled = (directive: DirectiveNode): DirectiveNode => {
    if (!isDefer(directive)) return directive;
    const label = directive.arguments?.find(({ name }) => name.value === 'label')?.value;
    const own = `defer${clientLabels.size}`;
    clientLabels.set(own, label?.kind === Kind.STRING ? label.value : undefined);
    return { ...directive, arguments: [stringArgument('label', own)] };
  };
  const expandSelection = (selection: SelectionNode): readonly SelectionNode[] => {
    const directives = (selection.directives ?? []).map(relabelled);
    if (selection.kind !== Kind.FRAGMENT_SPREAD) {
      const { selectionSet } = selection;
      return [
        {
          ...selection,
          directives,
          ...(selectionSet && { selectionSet: expand(selectionSet) }),
        } as SelectionNode,
      ];
    }
    const fragment = operation.fragments.get(selection.name.value);
    if (!fragment) return [];
    const { typeCondition, selectionSet } = fragment;
    return [
      { kind: Kind.INLINE_FRAGMENT, typeCondition, directives, selectionSet: expand(selectionSet) },
    ];
  };
  const expand = (set: SelectionSetNode): SelectionSetNode => ({
    ...set,
    selections: set.selections.flatMap(expandSelection),
  });
  const definition = {
    ...operation.definition,
    selectionSet: expand(operation.definition.selectionSet),
  };
  return {
    document: { kind: Kind.DOCUMENT, definitions: [definition] },
    operation: { ...operation, definition, fragments: new Map() },
    clientLabels,
  };
}

const stringArgument = (name: string, value: string) =>
  ({
    kind: Kind.ARGUMENT,
    name: { kind: Kind.NAME, value: name },
    value: { kind: Kind.STRING, value },
  }) as const;

/** Our label of a deferred fragment. */
export function deferLabelOf({ directives = [] }: SelectionNode): string | undefined {
  const label = directives.find(isDefer)?.arguments?.[0]?.value;
  return label?.kind === Kind.STRING ? label.value : undefined;
}
