import { type ExecutionResult, GraphQLError } from 'graphql';
import { describe, expect, test } from 'vitest';

import type { FederationCase } from '../testing/federation/federation-case.ts';
import {
  interfaceObjects,
  unresolvableInterfaceObjects,
} from '../testing/federation/interface-objects.ts';
import { clientKeys, unresolvableKeys } from '../testing/federation/keys.ts';
import { plain, twoExecutors } from '../testing/two-executors.ts';

const CASES: Readonly<Record<string, FederationCase>> = {
  interfaceObjects,
  unresolvableInterfaceObjects,
  clientKeys,
  unresolvableKeys,
};

describe.each(Object.entries(CASES))('%s', (_name, { subgraphs, operations }) => {
  const { byUs, byApollo } = twoExecutors(subgraphs);
  test.each(operations)('$name', async (operation) => {
    const { source, variables, expected, byApollo: wrong = expected } = operation;
    expect(await answerOf(byUs(source, variables))).toEqual({ errors: [], ...expected });
    expect(await answerOf(byApollo(source, variables))).toEqual({ errors: [], ...wrong });
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
