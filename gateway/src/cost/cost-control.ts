import {
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
  parse,
  valueFromASTUntyped,
} from 'graphql';

import { findOperation } from '../ast/operation.ts';
import { actualCost } from './actual-cost.ts';
import { amountOf, type Variables } from './amount.ts';
import { readCosts } from './costs.ts';
import { type Estimate, estimateCost } from './estimate.ts';
import type { ShapeLimits } from './limits.ts';
import { assertShape } from './shape.ts';

/** The cost of an operation, computed before any work is done for it. */
export interface OperationCost {
  /** In units of some microseconds of work: 1 for an object. */
  readonly cost: number;
  /** Whether the operation introspects. */
  readonly introspects: boolean;
}

export interface CostControl {
  /**
   * Measures a valid operation. Everything that does not depend on variables is computed once for a document.
   *
   * @throws {GraphQLError} OPERATION_TOO_COMPLEX; GRAPHQL_VALIDATION_FAILED for a list without a size; when there is no such operation.
   */
  readonly measure: (
    document: DocumentNode,
    operationName: string | null | undefined,
    variables: Variables | null | undefined,
  ) => OperationCost;
  /** Measures an answer by the same weights. */
  readonly measureAnswer: (
    document: DocumentNode,
    operationName: string | null | undefined,
    data: object,
  ) => number;
}

/**
 * Measures the operations of one graph by its `@cost` and `@listSize`.
 *
 * @param schema - the schema that clients see.
 * @param supergraphSdl - the whole supergraph, with the directives.
 */
export function createCostControl(
  schema: GraphQLSchema,
  supergraphSdl: string,
  limits: ShapeLimits,
): CostControl {
  const rules = readCosts(schema, parse(supergraphSdl));
  const known = new WeakMap<DocumentNode, Map<string | undefined, CostedOperation>>();

  const work = (document: DocumentNode, operationName: string | undefined) => {
    assertShape(document, limits);
    const operation = findOperation(schema, document, operationName);
    const estimate = estimateCost({ schema, rules, operation });
    return { estimate, defaults: defaultsOf(operation.definition) };
  };
  return {
    measure(document, operationName, variables) {
      const operations = known.get(document) ?? new Map<string | undefined, CostedOperation>();
      known.set(document, operations);
      const key = operationName ?? undefined;
      const operation = operations.get(key) ?? work(document, key);
      operations.set(key, operation);
      const { cost, introspects } = operation.estimate;
      if (typeof cost === 'number') return { cost, introspects };
      return { cost: amountOf(cost, { ...operation.defaults, ...variables }), introspects };
    },
    measureAnswer: (document, operationName, data) =>
      actualCost({
        schema,
        rules,
        operation: findOperation(schema, document, operationName),
        data,
      }),
  };
}

interface CostedOperation {
  readonly estimate: Estimate;
  readonly defaults: Variables;
}

const defaultsOf = ({ variableDefinitions = [] }: OperationDefinitionNode): Variables =>
  Object.fromEntries(
    variableDefinitions.flatMap(({ variable, defaultValue }) =>
      defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)]] : [],
    ),
  );
