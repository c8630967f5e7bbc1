import diagnostics from 'node:diagnostics_channel';
import type { Socket } from 'node:net';

import { createLog } from '@affluent/service';
import { afterEach, expect, test, vi } from 'vitest';

import { readConfig } from '../config.ts';
import { startServer } from '../server.ts';

const TOKEN = 'only-for-our-own-prometheus';

/** A gateway before subgraphs that are not there. */
const startGateway = (env: Readonly<Record<string, string>> = {}) =>
  startServer(
    readConfig({
      PORT: '0',
      PUBLIC_URL: 'http://127.0.0.1:4000',
      USERS_URL: 'http://127.0.0.1:1',
      DATASETS_URL: 'http://127.0.0.1:1',
      INSIGHTS_URL: 'http://127.0.0.1:1',
      SESSION_KEY: Buffer.alloc(32, 1).toString('base64url'),
      GATEWAY_CLIENT_SECRET: 'a secret that nobody asks for here',
      DRAIN_MILLISECONDS: '0',
      ...env,
    }),
    createLog({ service: 'gateway', level: 'silent' }),
  );

const ask = (url: string, query: string, headers: Readonly<Record<string, string>> = {}) =>
  fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  });

afterEach(() => vi.unstubAllEnvs());

test('metrics are shown to callers with the token', async () => {
  await using gateway = await startGateway({ METRICS_TOKEN: TOKEN });
  await ask(gateway.url, 'query MadeUpByTheCaller { viewer { id } }');
  await ask(gateway.url, '{ viewer { id } }', { authorization: 'Bearer x' });
  await fetch(`${gateway.url}/made-up/by/the/caller`);
  const metrics = (authorization?: string) =>
    fetch(`${gateway.url}/metrics`, authorization ? { headers: { authorization } } : {});
  expect((await metrics()).status).toBe(401);
  expect((await metrics(`Bearer ${TOKEN}x`)).status).toBe(401);
  const answer = await metrics(`Bearer ${TOKEN}`);
  expect(answer.headers.get('content-type')).toContain('text/plain; version=0.0.4');
  const text = await answer.text();
  expect(text).not.toMatch(/made.?up/i);
  expect(seriesIn(text)).toMatchObject({
    'graphql_errors_total{code="UNAUTHENTICATED"}': 1,
    'graphql_errors_total{code="UNAVAILABLE"}': 1,
    'graphql_operation_duration_seconds_count{graphql_operation_type="query",graphql_operation_name="other"}': 1,
    'graphql_subgraph_request_duration_seconds_count{subgraph="users",outcome="failed"}': 1,
    'graphql_subgraph_circuit_open{subgraph="users"}': 0,
    'http_server_request_duration_seconds_count{http_request_method="POST",http_response_status_code="200",http_route="/graphql"}': 1,
    'http_server_request_duration_seconds_count{http_request_method="POST",http_response_status_code="401",http_route="/graphql"}': 1,
    'graphql_plan_cache_lookups_total{result="miss"}': 1,
    graphql_uploads_in_flight: 0,
    nodejs_eventloop_lag_p99_seconds: expect.any(Number),
  });
  // One fetch each, sent twice; ten failures are enough.
  for (let requests = 0; requests < 5; requests++) await ask(gateway.url, '{ viewer { id } }');
  expect(await (await metrics(`Bearer ${TOKEN}`)).text()).toContain(
    'graphql_subgraph_circuit_open{subgraph="users"} 1',
  );
});

/** @throws {Error} at a line that is not of Prometheus' text format. */
const seriesIn = (text: string): Readonly<Record<string, number>> =>
  Object.fromEntries(
    text
      .split('\n')
      .filter((line) => line !== '' && !/^# (HELP|TYPE) \w+ ./.test(line))
      .map((line) => {
        const [, series = '', value] =
          /^(\w+(?:\{\w+="[^"\\]*"(?:,\w+="[^"\\]*")*\})?) (\S+)$/.exec(line) ?? [];
        if (Number.isNaN(Number(value ?? 'x'))) throw new Error(`Not a series: ${line}`);
        return [series, Number(value)];
      }),
  );

test('without a token nobody sees anything', async () => {
  await using gateway = await startGateway();
  for (const authorization of ['', 'Bearer ', 'Bearer undefined'])
    expect((await fetch(`${gateway.url}/metrics`, { headers: { authorization } })).status).toBe(
      404,
    );
});

test('nothing is reported to Apollo, even with its keys set', async () => {
  vi.stubEnv('APOLLO_KEY', 'service:affluent:key');
  vi.stubEnv('APOLLO_GRAPH_REF', 'affluent@current');
  vi.stubEnv('APOLLO_SCHEMA_REPORTING', 'true');
  const lookedUp: unknown[] = [];
  const note = (message: unknown): void => {
    const { socket } = message as { readonly socket: Socket };
    socket.on('lookup', (_error, _address, _family, host) => lookedUp.push(host));
  };
  diagnostics.subscribe('net.client.socket', note);
  {
    await using gateway = await startGateway();
    const answer = await ask(gateway.url, '{ __typename }', {
      'apollo-federation-include-trace': 'ftv1',
    });
    expect(await answer.json()).toEqual({ data: { __typename: 'Query' } });
    const page = await fetch(`${gateway.url}/graphql`, { headers: { accept: 'text/html' } });
    expect(await page.text()).not.toContain('apollographql.com');
  }
  diagnostics.unsubscribe('net.client.socket', note);
  expect(lookedUp).toEqual([]);
});
