import { createHash } from 'node:crypto';

import type { FetchNode } from '@apollo/query-planner';
import { type DocumentNode, type ExecutionResult, GraphQLError } from 'graphql';

import { withoutDefers } from '../ast/defers.ts';
import type { GatewayContext } from '../context.ts';
import type { PreparedOperation } from '../graph/prepared-operation.ts';
import type { SubgraphAnswer, Subgraphs } from '../graph/subgraph.ts';

interface SubscriptionOperation {
  readonly document: DocumentNode;
  readonly source: string;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** The federation query planner's plan of a subscription. */
export interface SubscriptionPlan {
  /** The subscription at the subgraph that owns the root field. */
  readonly primary: {
    readonly serviceName: string;
    readonly query: string;
    readonly variables: Record<string, unknown>;
  };
  /** Completes one event with the fields of other subgraphs, and shapes it as the client's operation selects it. */
  readonly complete: (event: SubgraphAnswer, context: GatewayContext) => Promise<ExecutionResult>;
}

export interface SubscriptionPlanner {
  /** @throws {GraphQLError} when no plan can be made of the operation. */
  readonly plan: (operation: SubscriptionOperation) => SubscriptionPlan;
}

interface PlannerOptions {
  readonly prepare: (
    document: DocumentNode,
    queryHash: string,
    operationName?: string,
  ) => PreparedOperation;
  readonly subgraphs: Subgraphs;
}

/**
 * Plans subscriptions with the planner that plans queries: a `SubscriptionNode { primary, rest }` runs per event as
 * `Sequence[primary, rest]`, where `primary` is not fetched but answered with the event itself
 * (docs/decisions/0001-federated-subscriptions.md).
 */
export function createSubscriptionPlanner({
  prepare,
  subgraphs,
}: PlannerOptions): SubscriptionPlanner {
  const plan: SubscriptionPlanner['plan'] = ({ document, source, operationName, variables }) => {
    const queryHash = createHash('sha256').update(source).digest('hex');
    const { plan: node, run } = prepare(withoutDefers(document), queryHash, operationName);
    if (node?.kind !== 'Subscription')
      throw new GraphQLError('This operation is not a subscription.');
    const { primary, rest } = node;
    const owner = subgraphs[primary.serviceName];
    return {
      primary: {
        serviceName: primary.serviceName,
        query: primary.operation,
        variables: pick(variables, primary),
      },
      complete: (event, context) =>
        run(
          { kind: 'Sequence', nodes: rest ? [primary, rest] : [primary] },
          {
            ...subgraphs,
            [primary.serviceName]: async (request, asking) => {
              // The plan adds fields to the event, which other subscribers may get too.
              if (request.query === primary.operation) return structuredClone(event);
              if (!owner) throw new Error(`No subgraph is named ${primary.serviceName}`);
              return owner(request, asking);
            },
          },
          variables,
          context,
        ),
    };
  };
  return { plan };
}

const pick = (
  variables: SubscriptionOperation['variables'],
  { variableUsages = [] }: FetchNode,
): Record<string, unknown> =>
  Object.fromEntries(
    variableUsages.filter((name) => name in variables).map((name) => [name, variables[name]]),
  );
