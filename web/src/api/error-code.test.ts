import { CombinedGraphQLErrors, ServerError } from '@apollo/client/errors';
import { expect, test } from 'vitest';

import { failureOf, isTransient } from './error-code.ts';

const answered = (status: number, bodyText = '') =>
  new ServerError('not OK', { response: new Response(null, { status }), bodyText });

test('the first error of the graph counts, with its reason', () => {
  const errors = [
    { message: 'Taken.', extensions: { code: 'CONFLICT', reason: 'ALREADY_MEMBER' } },
    { message: 'Later.', extensions: { code: 'NOT_FOUND' } },
  ];
  const expected = { code: 'CONFLICT', reason: 'ALREADY_MEMBER', message: 'Taken.' };
  expect(failureOf(new CombinedGraphQLErrors({ data: null, errors }))).toEqual(expected);
  expect(failureOf(answered(409, JSON.stringify({ errors })))).toEqual(expected);
});

test.each([
  [401, 'UNAUTHENTICATED'],
  [413, 'PAYLOAD_TOO_LARGE'],
  [429, 'RATE_LIMITED'],
  [500, 'INTERNAL_SERVER_ERROR'],
  [502, 'UNAVAILABLE'],
  [504, 'UNAVAILABLE'],
])('a proxy that answers %i without GraphQL errors means %s', (status, code) => {
  for (const body of ['', '<html>', '{}', 'null', '{"errors":[]}'])
    expect(failureOf(answered(status, body))).toEqual({ code, message: '' });
});

test('retries help against broken networks and busy servers, not against refusals', () => {
  expect(isTransient(failureOf(new TypeError('Failed to fetch')))).toBe(true);
  expect(isTransient(failureOf(answered(503)))).toBe(true);
  expect(isTransient(failureOf(answered(429)))).toBe(true);
  expect(isTransient(failureOf(answered(401)))).toBe(false);
  expect(isTransient({ code: 'BAD_USER_INPUT', message: '' })).toBe(false);
});
