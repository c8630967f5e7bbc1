import { readFileSync } from 'node:fs';

import { type Client, GraphError } from '@affluent/client';
import { signUp } from '@affluent/client/testing';
import { sharedSandbox } from '@affluent/sandbox/testing';
import { Kind, parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { namedType } from '../access-matrix/printed-rules.ts';
import { type ConnectionScene, createScene } from './scene.ts';

interface Connection {
  /** The fields above it, down to its own: `dataset(id: $id) { dataPoints(#) }`, with # for the page's arguments. */
  readonly path: string;
  readonly id?: 'workspaceId' | 'datasetId' | 'importId';
  readonly maxSize: number;
}

/** Every field of the graph that gives a connection. */
const CONNECTIONS: Readonly<Record<string, Connection>> = {
  'Query.datasets': { path: 'datasets(workspaceId: $id, #)', id: 'workspaceId', maxSize: 100 },
  'Dataset.dataPoints': {
    path: 'dataset(id: $id) { dataPoints(#) }',
    id: 'datasetId',
    maxSize: 1_000,
  },
  'Import.rejects': { path: 'import(id: $id) { rejects(#) }', id: 'importId', maxSize: 1_000 },
  'User.auditEvents': { path: 'viewer { auditEvents(#) }', maxSize: 200 },
  'Workspace.auditEvents': {
    path: 'workspace(id: $id) { auditEvents(#) }',
    id: 'workspaceId',
    maxSize: 200,
  },
};

test('the table names every connection of the graph', () => {
  const sdl = readFileSync(new URL('../../supergraph.graphql', import.meta.url), 'utf8');
  const found = parse(sdl).definitions.flatMap((type) =>
    type.kind === Kind.OBJECT_TYPE_DEFINITION
      ? (type.fields ?? [])
          .filter((field) => namedType(field.type).endsWith('Connection'))
          .map((field) => `${type.name.value}.${field.name.value}`)
      : [],
  );
  expect(Object.keys(CONNECTIONS).toSorted()).toEqual(found.toSorted());
});

const sandbox = sharedSandbox();
let client: Client;
let scene: ConnectionScene;
beforeAll(async () => {
  client = await signUp({
    origin: sandbox.origin,
    email: 'edgar@affluent.example',
    displayName: 'Edgar',
    password: 'a relational model of data',
  });
  scene = await createScene(client);
});
afterAll(async () => {
  await client?.[Symbol.asyncDispose]();
});

interface Page {
  readonly cursors: readonly string[];
  readonly hasPreviousPage: boolean;
  readonly hasNextPage: boolean;
}

interface PageArguments {
  readonly first?: number;
  readonly last?: number;
  readonly after?: string | undefined;
  readonly before?: string | undefined;
}

async function read({ path, id }: Connection, page: PageArguments): Promise<Page> {
  const args = 'first: $first, last: $last, after: $after, before: $before';
  const selection =
    '{ edges { cursor } pageInfo { hasPreviousPage hasNextPage startCursor endCursor } }';
  const filled = path.replace('#)', `${args}) ${selection}`);
  const variables = '$first: Int, $last: Int, $after: String, $before: String';
  const data = await client.query<object>(
    `query (${variables}, ${id ? '$id: ID!' : ''}) { ${filled} }`,
    {
      ...page,
      ...(id && { id: scene[id] }),
    },
  );
  return readPage(data);
}

function readPage(data: object): Page {
  if (!('edges' in data)) {
    const [below] = Object.values(data) as object[];
    return readPage(below!);
  }
  const { edges, pageInfo } = data as {
    edges: { cursor: string }[];
    pageInfo: Omit<Page, 'cursors'> & Record<'startCursor' | 'endCursor', string | null>;
  };
  const cursors = edges.map(({ cursor }) => cursor);
  const { hasPreviousPage, hasNextPage, startCursor, endCursor } = pageInfo;
  expect([startCursor, endCursor]).toEqual([cursors[0] ?? null, cursors.at(-1) ?? null]);
  return { cursors, hasPreviousPage, hasNextPage };
}

const refusal = async (reading: Promise<unknown>): Promise<string> => {
  const error: unknown = await reading.then(
    () => 'accepted',
    (reason: unknown) => reason,
  );
  return error instanceof GraphError ? `${error.code}: ${error.message}` : String(error);
};

describe.each(Object.entries(CONNECTIONS))('%s', (_, connection) => {
  test('pages forwards and backwards are the same nodes, and say exactly what is beyond them', async () => {
    const { cursors: all } = await read(connection, { first: connection.maxSize });
    expect(all.length).toBeGreaterThan(3);
    expect(new Set(all).size).toBe(all.length);
    /** What a page must be by the specification: nodes between two places, of which those at one end are taken. */
    const expected = (start: number, end: number): Page => ({
      cursors: all.slice(start, end),
      hasPreviousPage: start > 0,
      hasNextPage: end < all.length,
    });
    for (const size of [1, 2, all.length, connection.maxSize]) {
      for (let place = 0; place <= all.length; place++) {
        const following = await read(connection, { first: size, after: all[place - 1] });
        expect(following).toEqual(expected(place, Math.min(place + size, all.length)));
        const preceding = await read(connection, { last: size, before: all[place] });
        expect(preceding).toEqual(expected(Math.max(0, place - size), place));
      }
    }
    const [after, before] = [all[0], all.at(-1)];
    expect(await read(connection, { first: 1, after, before })).toEqual(expected(1, 2));
    expect(await read(connection, { last: 1, after, before })).toEqual(
      expected(all.length - 2, all.length - 1),
    );
    expect(await read(connection, { last: 9, after, before })).toEqual(expected(1, all.length - 1));
    expect(await read(connection, { before })).toEqual(expected(0, all.length - 1));
  });

  test('what cannot be a page is refused by name', async () => {
    const { maxSize } = connection;
    const range = `must be between 1 and ${maxSize}.`;
    for (const [page, message] of [
      [{ first: 1, last: 1 }, 'Use either "first" or "last", not both.'],
      [{ last: 0 }, `"last" ${range}`],
      [{ last: maxSize + 1 }, `"last" ${range}`],
      [{ first: maxSize + 1 }, `"first" ${range}`],
      [{ last: 1, before: 'nowhere' }, '"before" is not a cursor of this connection.'],
      [{ first: 1, after: 'nowhere' }, '"after" is not a cursor of this connection.'],
    ] satisfies [PageArguments, string][])
      expect(await refusal(read(connection, page))).toBe(`BAD_USER_INPUT: ${message}`);
  });
});

test('nodes that are gone since their cursor was given out are not counted as beyond the page', async () => {
  const points = CONNECTIONS['Dataset.dataPoints']!;
  const { cursors } = await read(points, { last: 1 });
  await scene.replaceRows(3);
  const pages = [
    await read(points, { last: 2, before: cursors[0] }),
    await read(points, { first: 2, after: cursors[0] }),
  ];
  const { cursors: all } = await read(points, { first: 10 });
  expect(all.length).toBe(3);
  for (const page of pages) {
    const start = page.cursors.length > 0 ? all.indexOf(page.cursors[0]!) : undefined;
    const isEmpty = start === undefined;
    expect(page.hasPreviousPage).toBe(isEmpty ? page === pages[1] : start > 0);
    expect(page.hasNextPage).toBe(isEmpty ? page === pages[0] : start + page.cursors.length < 3);
  }
});
