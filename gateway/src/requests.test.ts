import { buildClientSchema, getIntrospectionQuery, type IntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { startGateway } from './testing/start-gateway.ts';

let gateway: Awaited<ReturnType<typeof startGateway>>;
let authorization: string;
beforeAll(async () => {
  gateway = await startGateway();
  authorization = `Bearer ${await gateway.tokenFor('ada')}`;
});
afterAll(async () => gateway?.[Symbol.asyncDispose]());

interface Answer {
  readonly data?: unknown;
  readonly extensions?: unknown;
  readonly errors?: readonly {
    readonly message: string;
    readonly extensions: { readonly code: string };
  }[];
}

async function post(query: string, variables: object = {}, headers = {}) {
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json',
      authorization,
      ...headers,
    },
    body: JSON.stringify({ query, variables }),
  });
  return { status: response.status, ...((await response.json()) as Answer) };
}

test('whatever introspection asks for, a client schema can be built from the answer', async () => {
  const query = getIntrospectionQuery({
    descriptions: true,
    specifiedByUrl: true,
    directiveIsRepeatable: true,
    schemaDescription: true,
    inputValueDeprecation: true,
    oneOf: true,
  });
  const { status, data } = await post(query);
  expect(status).toBe(200);
  const schema = buildClientSchema(data as IntrospectionQuery);
  expect(schema.getType('Dataset')).toBeDefined();
  expect(schema.getDirective('defer')?.locations).toEqual(['FRAGMENT_SPREAD', 'INLINE_FRAGMENT']);
  const part = await post(
    '{ viewer { __typename } __type(name: "ImportDatasetInput") { ...It } } fragment It on __Type { isOneOf }',
  );
  expect(part.data).toMatchObject({ __type: { isOneOf: false } });
});

test.each(['skip', 'include'])(
  'null for a variable of @%s is a mistake of its sender',
  async (directive) => {
    const query = `query ($yes: Boolean = true) { viewer @${directive}(if: $yes) { __typename } }`;
    const { status, errors } = await post(query, { yes: null });
    expect(status).toBe(400);
    expect(errors).toMatchObject([
      {
        message: expect.stringContaining('"$yes" is null'),
        extensions: { code: 'BAD_USER_INPUT' },
      },
    ]);
    expect((await post(query)).status).toBe(200);
  },
);

test.each([
  ['maxPoints: 10', 63],
  ['measure: SUM', 1053],
  ['maxPoints: 10000', 10_053],
])(
  'a series costs by its points, and the longest may be asked for: %s',
  async (input, estimated) => {
    const query = `{ dataset(id: "1") { series(input: { x: "a", y: "b", ${input} }) { points { y } } } }`;
    const { errors = [], extensions } = await post(query, {}, { 'graphql-cost': 'report' });
    expect(extensions).toMatchObject({ cost: { estimated } });
    expect(errors.map((error) => error.extensions.code)).not.toContain('COST_TOO_HIGH');
  },
);

const asked = async (method: string, path: string, accept: string, body?: string) => {
  const response = await fetch(`${gateway.url}${path}`, {
    method,
    headers: { accept, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body }),
  });
  return {
    status: response.status,
    allow: response.headers.get('allow'),
    text: await response.text(),
  };
};

test.each([
  ['GET', '/nothing', 404, 'NOT_FOUND', null],
  ['POST', '/', 404, 'NOT_FOUND', null],
  ['GET', '/assets/nothing.js', 404, 'NOT_FOUND', null],
  ['PUT', '/graphql', 405, 'METHOD_NOT_ALLOWED', 'GET, POST'],
  ['POST', '/session/sign-in', 405, 'METHOD_NOT_ALLOWED', 'GET, HEAD'],
  ['GET', '/session/sign-out', 405, 'METHOD_NOT_ALLOWED', 'POST'],
])('%s %s is refused in JSON to who asks for JSON', async (method, path, status, code, allow) => {
  const answer = await asked(method, path, 'application/json');
  expect(answer).toMatchObject({ status, allow });
  expect(JSON.parse(answer.text)).toMatchObject({ errors: [{ extensions: { code } }] });
});

test('a body that is too large is refused with the limit', async () => {
  const answer = await asked('POST', '/graphql', 'application/json', 'x'.repeat(21 * 1024 ** 2));
  expect(answer.status).toBe(413);
  expect(JSON.parse(answer.text)).toEqual({
    errors: [
      { message: 'The body is larger than 20 MB.', extensions: { code: 'PAYLOAD_TOO_LARGE' } },
    ],
  });
});

test.each([
  ['br', 'br'],
  ['gzip', 'gzip'],
  ['gzip, br', 'br'],
  ['identity', null],
])('an answer is compressed as its reader accepts: %s', async (accepted, encoding) => {
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'accept-encoding': accepted, authorization },
    body: JSON.stringify({ query: getIntrospectionQuery() }),
  });
  expect(response.headers.get('content-encoding')).toBe(encoding);
  expect(response.headers.get('vary')).toContain('Accept-Encoding');
  expect(await response.json()).toMatchObject({ data: { __schema: {} } });
});

test.each([
  ['Basic abc', 'must be "Bearer" or "DPoP" and a token'],
  ['Bearer', 'must be "Bearer" or "DPoP" and a token'],
  ['Bearer x', 'neither a JWT nor a personal access token'],
  ['DPoP x', 'neither a JWT nor a personal access token'],
  ['Bearer aff_pat_x', 'The personal access token is malformed'],
  ['Bearer a.b.c', 'is not valid, or it has expired'],
])('a token that is none is named as what it is: %s', async (header, reason) => {
  const { status, errors } = await post('{ __typename }', {}, { authorization: header });
  expect(status).toBe(401);
  expect(errors).toMatchObject([
    { message: expect.stringContaining(reason), extensions: { code: 'UNAUTHENTICATED' } },
  ]);
});
