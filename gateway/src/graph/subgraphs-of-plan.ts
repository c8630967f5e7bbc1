import type { PlanNode, SubscriptionNode } from '@apollo/query-planner';

/** The names of the subgraphs that a plan asks. */
export function subgraphsOf(plan: PlanNode | SubscriptionNode | undefined): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (node: PlanNode | SubscriptionNode | undefined): void => {
    switch (node?.kind) {
      case 'Fetch':
        names.add(node.serviceName);
        return;
      case 'Flatten':
        return visit(node.node);
      case 'Sequence':
      case 'Parallel':
        return node.nodes.forEach(visit);
      case 'Condition':
        return [node.ifClause, node.elseClause].forEach(visit);
      case 'Subscription':
        return [node.primary, node.rest].forEach(visit);
      case 'Defer':
      case undefined:
    }
  };
  visit(plan);
  return names;
}
