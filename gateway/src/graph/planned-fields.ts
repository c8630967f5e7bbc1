import type { PlanNode, SubscriptionNode } from '@apollo/query-planner';
import { getOperationAST, Kind, parse, type SelectionSetNode } from 'graphql';

/** The response keys of the root fields that a plan fetches, under whatever condition. */
export function plannedFieldsOf(
  plan: PlanNode | SubscriptionNode | undefined,
): ReadonlySet<string> {
  const keys = new Set<string>();
  const collect = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) keys.add((selection.alias ?? selection.name).value);
      else if (selection.kind === Kind.INLINE_FRAGMENT) collect(selection.selectionSet);
    }
  };
  const walk = (node: PlanNode | SubscriptionNode | undefined): void => {
    switch (node?.kind) {
      case 'Sequence':
      case 'Parallel':
        node.nodes.forEach(walk);
        return;
      case 'Condition':
        walk(node.ifClause);
        walk(node.elseClause);
        return;
      case 'Subscription':
        walk(node.primary);
        return;
      case 'Fetch': {
        const operation = node.requires ? undefined : getOperationAST(parse(node.operation));
        if (operation) collect(operation.selectionSet);
        return;
      }
      case 'Flatten':
      case 'Defer':
      case undefined:
        return;
    }
  };
  walk(plan);
  return keys;
}
