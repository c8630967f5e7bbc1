import { expect, test } from 'vitest';

import { operationParamsOf } from './operation-params.ts';

test('a GET names its operation in its URL, not in a body', () => {
  const extensions = { persistedQuery: { version: 1 } };
  const parameters = new URLSearchParams({
    query: '{a}',
    variables: '{"b":1}',
    operationName: 'C',
    extensions: JSON.stringify(extensions),
  });
  const url = `/graphql?${parameters.toString()}`;
  expect(operationParamsOf({ method: 'GET', url }, { query: '{ b }' })).toEqual({
    query: '{a}',
    documentId: undefined,
    variables: { b: 1 },
    operationName: 'C',
    extensions,
  });
  expect(operationParamsOf({ method: 'POST', url }, { query: '{ b }' })).toEqual({
    query: '{ b }',
  });
});

test.each(['variables', 'extensions'])('the parameter %s must be JSON', (name) => {
  expect(() => operationParamsOf({ method: 'GET', url: `/graphql?${name}=x` }, {})).toThrow(
    expect.objectContaining({ extensions: { code: 'BAD_REQUEST', http: { status: 400 } } }),
  );
});
