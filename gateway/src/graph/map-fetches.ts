import type { FetchNode, PlanNode, SubscriptionNode } from '@apollo/query-planner';

type Change = (fetch: FetchNode) => PlanNode;

/** The plan with each fetch replaced by other nodes. */
export function mapFetches(plan: PlanNode, change: Change): PlanNode;
export function mapFetches<T extends PlanNode | SubscriptionNode>(plan: T, change: Change): T;
export function mapFetches(
  plan: PlanNode | SubscriptionNode,
  change: Change,
): PlanNode | SubscriptionNode {
  const map = (node: PlanNode): PlanNode => mapFetches(node, change);
  switch (plan.kind) {
    case 'Sequence':
    case 'Parallel':
      return { ...plan, nodes: plan.nodes.map(map) };
    case 'Flatten':
      return { ...plan, node: map(plan.node) };
    case 'Condition': {
      const { ifClause, elseClause } = plan;
      return {
        ...plan,
        ...(ifClause && { ifClause: map(ifClause) }),
        ...(elseClause && { elseClause: map(elseClause) }),
      };
    }
    case 'Subscription': {
      const primary = change(plan.primary);
      if (primary.kind !== 'Fetch') throw new Error('A subscription begins with one fetch.');
      return { ...plan, primary, ...(plan.rest && { rest: map(plan.rest) }) };
    }
    case 'Fetch':
      return change(plan);
    case 'Defer': {
      const part = <T extends { node?: PlanNode }>(block: T): T => ({
        ...block,
        ...(block.node && { node: map(block.node) }),
      });
      return { ...plan, primary: part(plan.primary), deferred: plan.deferred.map(part) };
    }
  }
}
