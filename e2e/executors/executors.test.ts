import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { freePort } from '@affluent/postgres';
import { sharedSandbox } from '@affluent/sandbox/testing';
import {
  buildClientSchema,
  getIntrospectionQuery,
  type GraphQLSchema,
  type IntrospectionQuery,
  parse,
  print,
} from 'graphql';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';

import { FIELDS } from '../access-matrix/fields.ts';
import { generateArguments } from '../access-matrix/generate-arguments.ts';
import { ALL_SCOPES, createWorld, type World } from '../access-matrix/people.ts';
import { readPrintedGraph } from '../access-matrix/printed-rules.ts';
import { wholeSelection } from './whole-selections.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const supergraph = parse(readFileSync(`${ROOT}supergraph.graphql`, 'utf8'));
const queries = readPrintedGraph(supergraph).rootFields.filter(({ parent }) => parent === 'Query');

const sandbox = sharedSandbox();
let world: World;
let other: ChildProcess;
let otherOrigin: string;
let schema: GraphQLSchema;

/** A second gateway before the same subgraphs, which has Apollo's executor run the plans. */
async function startOther(): Promise<void> {
  const port = await freePort();
  const secrets = JSON.parse(readFileSync(join(sandbox.dataDir, 'secrets.json'), 'utf8')) as object;
  other = spawn(process.execPath, ['--enable-source-maps', 'dist/main.js'], {
    cwd: `${ROOT}gateway`,
    env: {
      ...secrets,
      PORT: String(port),
      PUBLIC_URL: sandbox.origin,
      USERS_URL: sandbox.usersUrl,
      DATASETS_URL: sandbox.datasetsUrl,
      INSIGHTS_URL: sandbox.insightsUrl,
      QUERY_EXECUTOR: 'apollo',
    },
    stdio: 'ignore',
  });
  otherOrigin = `http://127.0.0.1:${port}`;
  const isReady = async () => (await fetch(`${otherOrigin}/readyz`).catch(() => undefined))?.ok;
  await vi.waitUntil(isReady, { timeout: 120_000 });
}

beforeAll(async () => {
  world = await createWorld(sandbox.origin);
  await world.things.idOf('chart');
  await startOther();
  const token = await world.tokenFor('OWNER', ALL_SCOPES);
  const { data } = await post(sandbox.origin, token, getIntrospectionQuery());
  schema = buildClientSchema(data as IntrospectionQuery);
});
afterAll(async () => {
  if (other) {
    const ended = once(other, 'exit');
    other.kill();
    await ended;
  }
  await world?.[Symbol.asyncDispose]();
});

interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly { readonly extensions?: { readonly code?: string } }[];
}

async function post(
  origin: string,
  token: string,
  query: string,
  variables: object = {},
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const response = await fetch(`${origin}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, ...headers },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()) as Answer;
}

/** Data to the last byte, and which errors there are: in what order they come is not fixed. */
const comparable = ({ data, errors = [] }: Answer) => ({
  data: JSON.stringify(data),
  codes: [...new Set(errors.map(({ extensions }) => String(extensions?.code)))].toSorted(),
});

const SCOPES: Readonly<Record<string, readonly string[]>> = {
  'every scope': ALL_SCOPES,
  'some scopes': ['profile', 'datasets:read'],
};

test.each(
  queries.flatMap((field) =>
    Object.keys(SCOPES).map((scopes) => [field.name, scopes, field] as const),
  ),
)('Query.%s with %s answers alike, whichever executor runs it', async (name, scopes, field) => {
  const args = field.node.arguments ?? [];
  const entry = FIELDS[`Query.${name}`]!;
  const variables = await generateArguments(supergraph, args, entry, world.things);
  const given = args.filter(({ name: arg }) => variables[arg.value] !== undefined);
  const defined = given.map(({ name: arg, type }) => `$${arg.value}: ${print(type)}`).join();
  const passed = given.map(({ name: arg }) => `${arg.value}: $${arg.value}`).join();
  const type = schema.getQueryType()!.getFields()[name]!.type;
  const token = await world.tokenFor('OWNER', SCOPES[scopes]!);
  const ask = async (origin: string) => {
    const query = `query ${given.length > 0 ? `(${defined})` : ''}
      { ${name} ${given.length > 0 ? `(${passed})` : ''} ${wholeSelection(schema, type, DEPTH)} }`;
    return comparable(await post(origin, token, query, variables));
  };
  const [ours, apollos] = [await ask(sandbox.origin), await ask(otherOrigin)];
  expect(apollos).toEqual(ours);
  expect(scopes === 'every scope' ? ours.codes : []).toEqual([]);
});

/** Deep enough to cross from each service into the others and back; the operation stays within its limits. */
const DEPTH = 2;

test('mutations and uploads run in the same way', async () => {
  const token = await world.tokenFor('OWNER', ALL_SCOPES);
  const datasetId = await world.things.idOf('dataset');
  const query = `mutation ($input: AppendDataPointsInput!) {
    appendDataPoints(input: $input) { appended dataset { name charts { title dataset { name } } workspace { name } } } }`;
  const input = { datasetId, points: [{ time: '2026-01-03T00:00:00Z', value: 3 }] };
  const ours = await post(sandbox.origin, token, query, { input });
  expect(ours.errors).toBeUndefined();
  expect(await post(otherOrigin, token, query, { input })).toEqual(ours);
});

test("what is deferred comes with the rest where Apollo's executor runs, or where it was not asked for in parts", async () => {
  const token = await world.tokenFor('OWNER', ALL_SCOPES);
  const id = await world.things.idOf('dataset');
  const query = (charts: string) => `query ($id: ID!) { dataset(id: $id) { name ${charts} } }`;
  const whole = await post(otherOrigin, token, query('charts { title }'), { id });
  expect(whole.errors).toBeUndefined();
  const deferred = query('... @defer { charts { title } }');
  const accept = 'multipart/mixed;deferSpec=20220824, application/json';
  expect(await post(otherOrigin, token, deferred, { id }, { accept })).toEqual(whole);
  expect(await post(sandbox.origin, token, deferred, { id })).toEqual(whole);
});
