import { FEDERATION_CASES, type FederationCase } from '@affluent/federation-cases';
import { type ExecutionResult, GraphQLError, parse } from 'graphql';
import { describe, expect, test } from 'vitest';

import { context, plain, twoExecutors } from '../testing/two-executors.ts';
import { createGraph } from './graph.ts';

describe.each(Object.entries<FederationCase>(FEDERATION_CASES))(
  '%s',
  (_name, { subgraphs, operations }) => {
    const { byUs, byApollo } = twoExecutors(subgraphs);
    test.each(operations)('$name', async (operation) => {
      const { source, variables, expected, byApollo: wrong = expected } = operation;
      expect(await answerOf(byUs(source, variables))).toEqual({ errors: [], ...expected });
      expect(await answerOf(byApollo(source, variables))).toEqual({ errors: [], ...wrong });
    });
  },
);

test("events of a subscription come under the client's key of its field, whatever that is", async () => {
  const { supergraphSdl, subgraphs } = twoExecutors(FEDERATION_CASES.clientKeys.subgraphs);
  const source = 'subscription { id: restocked { id: name stock } }';
  const { planner } = createGraph(supergraphSdl, subgraphs);
  const plan = planner.plan({
    document: parse(source),
    source,
    operationName: undefined,
    variables: {},
  });
  expect(plan.primary.query).toContain('id:restocked');
  const event = { __typename: 'Ware', id: '1', asked_id: 'Lamp' };
  expect(plain(await plan.complete({ data: { id: event } }, context))).toEqual({
    data: { id: { id: 'Lamp', stock: 'stock of 1' } },
    errors: [],
  });
});

/** What is refused as a whole is an answer without data. */
const answerOf = async (result: Promise<ExecutionResult>): Promise<unknown> => {
  try {
    return plain(await result);
  } catch (error) {
    if (error instanceof GraphQLError) return plain({ errors: [error] });
    throw error;
  }
};
