import type { PlanNode, SubscriptionNode } from '@apollo/query-planner';
import { getOperationAST, Kind, parse, type SelectionSetNode } from 'graphql';

import { fetchesOf } from './fetches-of-plan.ts';

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
  for (const { requires, operation: text } of fetchesOf(plan)) {
    const operation = requires ? undefined : getOperationAST(parse(text));
    if (operation) collect(operation.selectionSet);
  }
  return keys;
}
