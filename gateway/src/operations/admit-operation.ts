import { getVariableValues, GraphQLError, OperationTypeNode } from 'graphql';

import { conditionsOf, conditionVariables } from '../ast/conditions.ts';
import type { Admission, CostCaller } from '../cost/admission.ts';
import type { ReadOperation } from './read-operation.ts';

/** An operation whose cost is paid and whose variables fit: the only kind that runs. */
export interface AdmittedOperation extends ReadOperation {
  readonly cost: number;
  /** `ratelimit` and `ratelimit-policy`, for the answer. */
  readonly headers: Iterable<readonly [string, string]>;
}

/** A list of wrong values would take seconds to report one by one. */
const MAX_VARIABLE_ERRORS = 10;

/**
 * Takes the operation's cost from what its caller has left, and checks its variables. Every transport calls this once for an
 * operation, after it has been read.
 *
 * @throws {GraphQLError} or an AggregateError of several, as {@link Admission.admit} does, and BAD_USER_INPUT for variables.
 */
export function admitOperation(
  admission: Admission,
  operation: ReadOperation,
  caller: CostCaller,
): AdmittedOperation {
  const { graph, document, definition, variables } = operation;
  const admitted = admission.admit(graph.costs, operation, caller);
  const { errors } = getVariableValues(
    graph.schema,
    definition.variableDefinitions ?? [],
    variables,
    { maxErrors: MAX_VARIABLE_ERRORS },
  );
  if (errors) {
    const shown = admission.maySeeSchema(caller) ? String : withoutSuggestion;
    throw new AggregateError(errors.map(({ message, nodes }) => inputError(shown(message), nodes)));
  }
  // Queries and mutations check this when they run; a subscription would fail at each event.
  if (definition.operation === OperationTypeNode.SUBSCRIPTION)
    conditionsOf(conditionVariables(document), definition, variables);
  return { ...operation, ...admitted };
}

/** GraphQL.js suggests names of the schema. */
const withoutSuggestion = (message: string): string => message.replace(/ ?Did you mean .+\?$/s, '');

const inputError = (message: string, nodes: GraphQLError['nodes']): GraphQLError =>
  new GraphQLError(message, {
    ...(nodes && { nodes }),
    extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } },
  });
