import type { FetchNode, PlanNode, SubscriptionNode } from '@apollo/query-planner';

/** Every fetch of a plan, conditional and deferred ones included. */
export function fetchesOf(node: PlanNode | SubscriptionNode | undefined): readonly FetchNode[] {
  switch (node?.kind) {
    case 'Fetch':
      return [node];
    case 'Flatten':
      return fetchesOf(node.node);
    case 'Sequence':
    case 'Parallel':
      return node.nodes.flatMap(fetchesOf);
    case 'Condition':
      return [node.ifClause, node.elseClause].flatMap(fetchesOf);
    case 'Subscription':
      return [node.primary, node.rest].flatMap(fetchesOf);
    case 'Defer':
      return [node.primary, ...node.deferred].flatMap((block) => fetchesOf(block.node));
    case undefined:
      return [];
  }
}
