import {
  type ExpectedAnswer,
  FEDERATION_CASES,
  type FederationCase,
} from '@affluent/federation-cases';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { startCasesGateway } from './cases-gateway.ts';

const cases = Object.entries<FederationCase>(FEDERATION_CASES);
const [first, ...others] = cases.map(([, each]) => each);

let gateway: Awaited<ReturnType<typeof startCasesGateway>>;

beforeAll(async () => {
  gateway = await startCasesGateway([first!, ...others]);
});
afterAll(() => gateway?.[Symbol.asyncDispose]());

describe.each(cases)('%s', (_name, federationCase) => {
  beforeAll(async () => {
    if (federationCase !== first) await gateway.serve(federationCase);
  });

  test.each(federationCase.operations)('$name', async ({ source, variables, expected }) => {
    const { status, data, errors } = await gateway.ask(source, variables);
    const isRefused = !('data' in expected);
    expect({ status, data, places: placesOf(errors) }).toEqual({
      status: isRefused ? 400 : 200,
      data: expected.data,
      places: placesOf(expected.errors),
    });
  });
});

/** The message is not compared: to clients, what a subgraph does wrong is an internal error. */
const placesOf = (errors: ExpectedAnswer['errors'] = []) => errors.map(({ path }) => path);
