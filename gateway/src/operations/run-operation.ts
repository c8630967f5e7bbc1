import { inOperationSpan } from '@affluent/service';
import type { ApolloServer } from '@apollo/server';
import type { FormattedExecutionResult } from 'graphql';

import type { GatewayContext } from '../context.ts';
import type { Executor } from '../graph/federated-gateway.ts';
import type { AdmittedOperation } from './admit-operation.ts';
import type { Refusal } from './refusal.ts';

/** The context of an operation that goes through Apollo Server. */
export interface OperationContext extends GatewayContext {
  /** A transport has read and admitted it, or it is refused: Apollo Server parses and validates nothing. */
  readonly operation: AdmittedOperation | Refusal;
}

/** Runs a query or mutation and formats its answer, for transports other than Apollo Server's own. */
export async function runOperation(
  apollo: ApolloServer<OperationContext>,
  operation: AdmittedOperation,
  context: GatewayContext,
): Promise<FormattedExecutionResult> {
  const { text: query, operationName, variables } = operation;
  const request = { query, variables, ...(operationName !== undefined && { operationName }) };
  const contextValue = { ...context, operation };
  const { body } = await inOperationSpan(() => apollo.executeOperation(request, { contextValue }));
  return body.kind === 'single' ? body.singleResult : {};
}

/**
 * What Apollo Server executes operations with: the graph that each was validated by.
 *
 * @param executor - of query plans: ours, or that of @apollo/gateway. Access rules are enforced around both.
 */
export const operationExecutor =
  (executor: 'affluent' | 'apollo') =>
  (apollo: Executor): Executor =>
  async (request) => {
    const { document, queryHash } = request;
    const context = request.context as OperationContext;
    const { operation } = context;
    if (!('graph' in operation)) throw new Error('A refused operation was to be executed.');
    const { graph, operationName, variables } = operation;
    return graph.run(
      { document, queryHash, operationName, variables },
      context,
      executor === 'apollo' ? async (part) => apollo({ ...request, ...part }) : undefined,
    );
  };
