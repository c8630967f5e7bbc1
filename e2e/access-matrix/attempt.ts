import { print } from 'graphql';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';

import { type Entity, type GraphField, namedType } from './printed-rules.ts';

/** The result of an attempt. `not found` also stands for an answer of null. */
export type Outcome = 'unauthenticated' | 'no scope' | 'forbidden' | 'not found' | 'allowed';

interface Place {
  /** The gateway's origin, or a subgraph's. */
  readonly url: string;
  readonly token: string | undefined;
}

type Variables = Readonly<Record<string, unknown>>;

interface Answer {
  readonly data?: Variables | null | undefined;
  readonly errors?:
    | readonly {
        readonly message?: string;
        readonly extensions?: Readonly<Record<string, unknown>>;
      }[]
    | undefined;
}

const OUTCOMES: Readonly<Record<string, Outcome>> = {
  UNAUTHENTICATED: 'unauthenticated',
  UNAUTHORIZED_FIELD_OR_TYPE: 'no scope',
  FORBIDDEN: 'forbidden',
  NOT_FOUND: 'not found',
};
/** Codes and reasons of refusals that come after the access checks. */
const PASSED: ReadonlySet<unknown> = new Set(['BAD_USER_INPUT', 'CONFLICT', 'TOO_MANY_MAILS']);

/** Requests one root field. */
export async function attemptField(
  place: Place,
  { parent, name, node, givesObjects }: GraphField,
  variables: Variables,
): Promise<Outcome> {
  const given = (node.arguments ?? []).filter(
    ({ name: arg }) => variables[arg.value] !== undefined,
  );
  const defined = given.map(({ name: arg, type }) => `$${arg.value}: ${print(type)}`).join(', ');
  const passed = given.map(({ name: arg }) => `${arg.value}: $${arg.value}`).join(', ');
  const withArguments = given.length > 0;
  const query =
    `${parent.toLowerCase()} ${withArguments ? `(${defined})` : ''}` +
    `{ ${name} ${withArguments ? `(${passed})` : ''} ${givesObjects ? '{ __typename }' : ''} }`;
  const upload = given.find(({ type }) => namedType(type) === 'Upload');
  if (parent === 'Subscription') return outcomeOf(await firstEvent(place, query, variables), name);
  return outcomeOf(await post(place, query, variables, upload?.name.value), name);
}

/** Requests an entity from a subgraph by its id, as the gateway does, or one of its fields. */
export async function attemptEntity(
  place: Place,
  { type }: Entity,
  id: string,
  field?: GraphField,
): Promise<Outcome> {
  const selection = field ? `${field.name} ${field.givesObjects ? '{ __typename }' : ''}` : 'id';
  const query = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on ${type} { ${selection} } } }`;
  const { data, errors } = await post(place, query, { r: [{ __typename: type, id }] });
  const [entity = null] = (data?._entities ?? []) as readonly unknown[];
  return outcomeOf({ data: { entity }, errors }, 'entity');
}

/** The code of an operation's first error. */
export async function errorCodeOf(place: Place, query: string): Promise<unknown> {
  const { errors } = await post(place, query, {});
  return errors?.[0]?.extensions?.code;
}

function outcomeOf({ data, errors = [] }: Answer, key: string): Outcome {
  for (const { extensions } of errors) {
    const outcome = OUTCOMES[String(extensions?.code)];
    if (outcome) return outcome;
  }
  const unknown = errors.filter(
    ({ extensions }) => !PASSED.has(extensions?.code) && !PASSED.has(extensions?.reason),
  );
  if (unknown.length > 0) throw new Error(`${key} failed: ${JSON.stringify(unknown)}`);
  return errors.length === 0 && (data?.[key] ?? null) === null ? 'not found' : 'allowed';
}

async function post(
  { url, token }: Place,
  query: string,
  variables: Variables,
  upload?: string,
): Promise<Answer> {
  const headers = {
    'apollo-require-preflight': 'true',
    ...(token && { authorization: `Bearer ${token}` }),
  };
  let body: FormData | string = JSON.stringify({ query, variables });
  if (upload) {
    const form = new FormData();
    form.set('operations', body);
    form.set('map', JSON.stringify({ 0: [`variables.${upload}`] }));
    form.set('0', new Blob(['time,value\n2026-01-01T00:00:00Z,1\n']), 'sample.csv');
    body = form;
  }
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    body,
    headers: upload ? headers : { ...headers, 'content-type': 'application/json' },
  });
  return (await response.json()) as Answer;
}

/** The first event of a subscription, or its refusal, which must end it. */
async function firstEvent(
  { url, token }: Place,
  query: string,
  variables: Variables,
): Promise<Answer> {
  const client = createClient({
    url: `${url.replace(/^http/, 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    ...(token && { connectionParams: { authorization: `Bearer ${token}` } }),
  });
  let refused: Answer = {};
  try {
    for await (const { data, errors } of client.iterate<Record<string, unknown>>({
      query,
      variables: { ...variables },
    })) {
      if (!errors) return { data };
      refused = { data, errors };
    }
    return refused;
  } catch (refusal) {
    if (Array.isArray(refusal)) return { errors: refusal as NonNullable<Answer['errors']> };
    // The server closed the socket: 4403 refuses callers without an identity.
    if (refusal instanceof Object && 'code' in refusal && refusal.code === 4403) {
      return { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] };
    }
    throw refusal;
  } finally {
    await client.dispose();
  }
}
