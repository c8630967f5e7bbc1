import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { compose } from '@affluent/federation-cases';
import { createLog } from '@affluent/service';
import { ApolloServer } from '@apollo/server';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import type { GatewayContext } from '../context.ts';
import { inCurrentGraph } from '../testing/in-current-graph.ts';
import { followSupergraph } from './follow-supergraph.ts';
import { createGraphs, type Graphs } from './graphs.ts';

const composed = (sdl: string): string => compose({ books: sdl }).supergraphSdl ?? '';
const FIRST = composed('type Query { title: String @authenticated }');
const SECOND = composed('type Query { title: String @authenticated year: Int }');

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'affluent-supergraph-'));
  path = join(folder, 'supergraph.graphql');
  await writeFile(path, FIRST);
});
afterEach(() => rm(folder, { recursive: true }));

const identity = { scopes: new Set<string>() };

/** A server on {@link FIRST} that follows the file. Its subgraph answers when `release` is called. */
async function serve() {
  const log = createLog({ service: 'test', level: 'silent' });
  const refused = vi.spyOn(log, 'error');
  let held: Promise<void> | undefined;
  const subgraphs = {
    books: async () => {
      await held;
      return { data: { title: 'Emma', year: 1815 } };
    },
  };
  const graphs: Graphs = createGraphs({
    follow: followSupergraph({ path, log, everyMilliseconds: 10 }),
    subgraphs,
    executor: inCurrentGraph(() => graphs),
    log,
  });
  const server = new ApolloServer<GatewayContext>({ gateway: graphs.gateway });
  await server.start();
  const ask = async (query: string): Promise<unknown> => {
    const { body } = await server.executeOperation(
      { query },
      { contextValue: { identity, requestId: 'test' } as never },
    );
    return body.kind === 'single' && (body.singleResult.data ?? body.singleResult.errors);
  };
  return {
    graphs,
    ask,
    refused,
    hold(): () => void {
      const { promise, resolve } = Promise.withResolvers<void>();
      held = promise;
      return resolve;
    },
    async [Symbol.asyncDispose]() {
      await server.stop();
    },
  };
}

test('a new supergraph is applied with the plans of earlier operations, and running ones go on', async () => {
  await using server = await serve();
  const release = server.hold();
  const asked = server.ask('{ title }');
  await expect.poll(() => server.graphs.current().mostUsed()).toHaveLength(1);
  const first = server.graphs.current();
  await writeFile(path, SECOND);
  await expect.poll(() => server.graphs.current() === first).toBe(false);
  expect(server.graphs.current().mostUsed()).toHaveLength(1);
  release();
  expect(await asked).toEqual({ title: 'Emma' });
  expect(await server.ask('{ title year }')).toEqual({ title: 'Emma', year: 1815 });
});

test('a change of access rules alone is applied', async () => {
  await using server = await serve();
  const first = server.graphs.current();
  await writeFile(
    path,
    composed('type Query { title: String @requiresScopes(scopes: [["read"]]) }'),
  );
  await expect.poll(() => server.graphs.current() === first).toBe(false);
  expect(await server.ask('{ title }')).toMatchObject({ title: null });
});

test.each([
  ['is not GraphQL', 'type Query {'],
  ['is no supergraph', 'type Query { title: String }'],
  ['has a subgraph without a URL', SECOND.replaceAll('books', 'films')],
  ['has a rule that is not enforced', SECOND.replace('authenticated/v0.1', 'policy/v0.1')],
  ['is empty', ''],
])('a supergraph that %s is refused, and the last one stays', async (_case, sdl) => {
  await using server = await serve();
  const first = server.graphs.current();
  await writeFile(path, sdl);
  await expect.poll(() => server.refused.mock.calls.length).toBe(1);
  expect(server.graphs.current()).toBe(first);
  expect(await server.ask('{ title }')).toEqual({ title: 'Emma' });
  await writeFile(path, SECOND);
  await expect.poll(() => server.graphs.current() === first).toBe(false);
});
