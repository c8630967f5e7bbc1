import { readFileSync } from 'node:fs';

import { type Sandbox } from '@affluent/sandbox';
import { startSandbox } from '@affluent/sandbox/testing';
import { parse, print } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { FIELDS } from '../access-matrix/fields.ts';
import { generateArguments } from '../access-matrix/generate-arguments.ts';
import { ALL_SCOPES, createWorld, type World } from '../access-matrix/people.ts';
import { type GraphField, namedType, readPrintedGraph } from '../access-matrix/printed-rules.ts';
import { textPositions, withText } from './text-positions.ts';

const supergraph = parse(
  readFileSync(new URL('../../supergraph.graphql', import.meta.url), 'utf8'),
);
const fields = readPrintedGraph(supergraph).rootFields.filter(
  ({ node }) => textPositions(supergraph, node.arguments ?? []).length > 0,
);

/** What PostgreSQL cannot store, what JSON can carry all the same, and what is merely unpleasant. */
const TEXTS: Readonly<Record<string, string>> = {
  'a NUL': 'a\0b',
  'half a surrogate pair': 'a\ud800b',
  'the other half': '\udc00',
  'control characters': '\u0001\u0008\u001b[31m\u007f\u0085',
  'bidirectional controls': '\u202eevil\u2066\u200b',
  'a million characters': 'x'.repeat(1_000_000),
  nothing: '',
  'a quote': `'"\\;--`,
};

let sandbox: Sandbox;
let world: World;
beforeAll(async () => {
  sandbox = await startSandbox({ env: { COST_PER_MINUTE: '1000000000' } });
  world = await createWorld(sandbox.origin);
});
afterAll(async () => {
  await world?.[Symbol.asyncDispose]();
  await sandbox?.[Symbol.asyncDispose]();
});

function documentOf({ parent, name, node, givesObjects }: GraphField, variables: object): string {
  const given = (node.arguments ?? []).filter(({ name: arg }) => arg.value in variables);
  const defined = given.map(({ name: arg, type }) => `$${arg.value}: ${print(type)}`);
  const passed = given.map(({ name: arg }) => `${arg.value}: $${arg.value}`);
  const selection = givesObjects ? '{ __typename }' : '';
  return `${parent.toLowerCase()} (${defined.join()}) { ${name} (${passed.join()}) ${selection} }`;
}

async function send(url: string, field: GraphField, variables: object): Promise<string> {
  const token = await world.tokenFor('OWNER', ALL_SCOPES);
  const json = JSON.stringify({ query: documentOf(field, variables), variables });
  const upload = (field.node.arguments ?? []).find(({ type }) => namedType(type) === 'Upload');
  const form = new FormData();
  form.set('operations', json);
  form.set('map', JSON.stringify({ 0: [`variables.${upload?.name.value}`] }));
  form.set('0', new Blob(['time,value\n2026-01-01T00:00:00Z,1\n']), 'sample.csv');
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    body: upload ? form : json,
    headers: {
      authorization: `Bearer ${token}`,
      'apollo-require-preflight': 'true',
      accept:
        field.parent === 'Subscription' ? 'text/event-stream' : 'application/graphql-response+json',
      ...(!upload && { 'content-type': 'application/json' }),
    },
  });
  return `${response.status} ${await response.text()}`;
}

const IS_OUR_FAILURE = /^5|Internal error|INTERNAL_SERVER_ERROR|UNAVAILABLE/;

test.each(fields.map((field) => [`${field.parent}.${field.name}`, field] as const))(
  'no text that %s is given is a failure of ours',
  async (coordinate, field) => {
    const entry = FIELDS[coordinate]!;
    const args = field.node.arguments ?? [];
    const variables = await generateArguments(supergraph, args, entry, world.things);
    const { usersUrl: users, datasetsUrl: datasets, insightsUrl: insights } = sandbox;
    const owner = { users, datasets, insights }[field.subgraphs[0] ?? ''] ?? '';
    const failures: string[] = [];
    for (const position of textPositions(supergraph, args)) {
      for (const [what, text] of Object.entries(TEXTS)) {
        const answer = await send(sandbox.origin, field, withText(variables, position, text));
        if (IS_OUR_FAILURE.test(answer))
          failures.push(`${what} at ${position.join('.')}: ${answer.slice(0, 300)}`);
      }
      if (field.parent === 'Subscription') continue;
      // What the gateway refuses, a subgraph knows to refuse by itself.
      const answer = await send(owner, field, withText(variables, position, 'a\0b'));
      if (IS_OUR_FAILURE.test(answer))
        failures.push(`a NUL at ${position.join('.')} of the subgraph: ${answer.slice(0, 300)}`);
    }
    expect(failures).toEqual([]);
  },
);
