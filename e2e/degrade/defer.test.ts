import { ApolloClient, gql, HttpLink, InMemoryCache } from '@apollo/client/core';
import { Defer20220824Handler } from '@apollo/client/incremental';
import type { Client as DatabaseClient } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { openScene, type Scene } from './scene.ts';

let scene: Scene;
let insights: DatabaseClient;
beforeAll(async () => {
  // A quarter of it is what insights may take: longer than a slow machine needs for a first part.
  const env = { REQUEST_TIMEOUT_MILLISECONDS: '240000' };
  scene = await openScene('time,load\n2026-01-01T00:00:00Z,1\n', env);
  insights = await scene.database('insights');
});
afterAll(async () => {
  await insights?.end();
  await scene?.[Symbol.asyncDispose]();
});

const DATASET = gql`
  query ($id: ID!, $later: Boolean!) {
    dataset(id: $id) {
      id
      name
      ... @defer(if: $later, label: "charts") {
        charts {
          id
          title
        }
      }
    }
  }
`;

/** The states of an answer as Apollo Client shows them, one after the other. */
async function* statesOf(later: boolean): AsyncGenerator<ApolloClient.QueryResult<unknown>, void> {
  const authorization = `Bearer ${await scene.client.accessToken()}`;
  const apollo = new ApolloClient({
    link: new HttpLink({ uri: `${scene.sandbox.origin}/graphql`, headers: { authorization } }),
    cache: new InMemoryCache(),
    incrementalHandler: new Defer20220824Handler(),
  });
  const variables = { id: scene.datasetId, later };
  const states = new ReadableStream<ApolloClient.QueryResult<unknown>>({
    start(controller) {
      apollo
        .watchQuery({
          query: DATASET,
          variables,
          errorPolicy: 'all',
          notifyOnNetworkStatusChange: false,
        })
        .subscribe({
          next(state) {
            controller.enqueue(state);
            if (state.dataState === 'complete') controller.close();
          },
          error: (error) => controller.error(error),
        });
    },
  });
  yield* states;
  apollo.stop();
}

const NAME = { id: expect.any(String), name: 'Signals' };
const CHARTS = { charts: [{ title: 'Load' }] };

test('Apollo Client shows what is not deferred while the charts are still waited for', async () => {
  await insights.query('BEGIN; LOCK TABLE charts IN ACCESS EXCLUSIVE MODE');
  const states = statesOf(true);
  const { value: first } = await states.next();
  expect(first).toMatchObject({ data: { dataset: NAME }, dataState: 'streaming' });
  expect(first?.data).not.toMatchObject({ dataset: CHARTS });
  await insights.query('ROLLBACK');
  const { value: last } = await states.next();
  expect(last).toMatchObject({ data: { dataset: { ...NAME, ...CHARTS } }, dataState: 'complete' });
});

test('and all at once when its condition is not met', async () => {
  const { value: only } = await statesOf(false).next();
  expect(only).toMatchObject({ data: { dataset: { ...NAME, ...CHARTS } }, dataState: 'complete' });
});
