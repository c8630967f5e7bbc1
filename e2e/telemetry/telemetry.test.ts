import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Client } from '@affluent/client';
import { signUp } from '@affluent/client/testing';
import { type Sandbox } from '@affluent/sandbox';
import { startSandbox } from '@affluent/sandbox/testing';
import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';

import { type OtlpReceiver, type ReceivedSpan, startOtlpReceiver } from './otlp-receiver.ts';

const METRICS_TOKEN = 'only-for-our-own-prometheus';
const PERSON = {
  email: 'lovelace@affluent.example',
  password: 'weaving-algebra-1843',
  displayName: 'Augusta Ada King',
};
/** The span id of the client. */
const CLIENT_SPAN = '00f067aa0ba902b7';

let receiver: OtlpReceiver;
let sandbox: Sandbox;
let client: Client;
let workspaceId: string;

beforeAll(async () => {
  receiver = await startOtlpReceiver();
  sandbox = await startSandbox({
    env: {
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      METRICS_TOKEN,
      // A quarter of it is what a subgraph may take: enough on a busy machine.
      REQUEST_TIMEOUT_MILLISECONDS: '120000',
      SLOW_OPERATION_MILLISECONDS: '0',
    },
  });
  client = await signUp({ origin: sandbox.origin, ...PERSON });
  const { viewer } = await client.query<{
    viewer: { memberships: { workspace: { id: string } }[] };
  }>('{ viewer { memberships { workspace { id } } } }');
  workspaceId = viewer.memberships[0]!.workspace.id;
});
afterAll(async () => {
  await client?.[Symbol.asyncDispose]();
  await sandbox?.[Symbol.asyncDispose]();
  await receiver?.[Symbol.asyncDispose]();
});

const OVERVIEW = `query Overview($id: ID!) {
  datasets(workspaceId: $id) { totalCount }
  viewer { displayName email }
}`;

const ask = async (headers: Readonly<Record<string, string>>) => {
  const response = await fetch(`${sandbox.origin}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${await client.accessToken()}`,
      ...headers,
    },
    body: JSON.stringify({ query: OVERVIEW, variables: { id: workspaceId } }),
  });
  expect(await response.json()).toMatchObject({
    data: {
      datasets: { totalCount: expect.any(Number) },
      viewer: { displayName: PERSON.displayName },
    },
  });
};

const traceparentOf = (traceId: string): string => `00-${traceId}-${CLIENT_SPAN}-01`;
const nameOf = ({ service, name }: ReceivedSpan): string => `${service}: ${name}`;

/** A span's name after those of its ancestors, which begin with the client. */
function lineOf(span: ReceivedSpan, spans: readonly ReceivedSpan[]): readonly string[] {
  const parent = spans.find(({ spanId }) => spanId === span.parentSpanId);
  return [...(parent ? lineOf(parent, spans) : [span.parentSpanId ?? '']), nameOf(span)];
}

test('a request makes one trace: the client, the gateway, two subgraphs, their databases', async () => {
  const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
  await ask({ traceparent: traceparentOf(traceId), tracestate: 'acme=1' });
  // Services send their spans in the background, and not in order.
  const trace = async () =>
    (await receiver.received(() => true)).filter((span) => span.traceId === traceId);
  const lines = async () => {
    const spans = await trace();
    return spans.map((span) => lineOf(span, spans));
  };
  const gateway = [CLIENT_SPAN, 'gateway: POST /graphql', 'gateway: query Overview'];
  for (const step of ['graphql.parse', 'graphql.validate', 'graphql.plan'])
    await expect.poll(lines).toContainEqual([...gateway, `gateway: ${step}`]);
  for (const name of ['users', 'datasets']) {
    await expect
      .poll(lines)
      .toContainEqual([
        ...gateway,
        `gateway: fetch ${name}`,
        `${name}: POST /graphql`,
        expect.stringMatching(`^${name}: query Overview__${name}__`),
        `${name}: SELECT`,
      ]);
  }
  await expect
    .poll(async () => (await lines()).filter(([first]) => first !== CLIENT_SPAN))
    .toEqual([]);
  const statements = async () =>
    (await trace()).map(({ attributes }) => attributes['db.query.text']);
  await expect.poll(statements).toContainEqual(expect.stringMatching(/from "dataset" .* = \?/));
  const spans = await trace();
  const text = JSON.stringify(spans);
  for (const secret of [PERSON.email, PERSON.displayName, workspaceId, await client.accessToken()])
    expect(text).not.toContain(secret);
});

test('a malformed traceparent is ignored', async () => {
  const traceId = '0af7651916cd43dd8448eb211c80319c';
  const known = await receiver.received(() => true);
  for (const traceparent of [
    `00-${traceId}-${'0'.repeat(16)}-01`,
    `ff-${traceId}-${CLIENT_SPAN}-01`,
    'x',
  ])
    await ask({ traceparent });
  const isNew = (span: ReceivedSpan) =>
    !known.includes(span) && nameOf(span) === 'gateway: POST /graphql' && !span.parentSpanId;
  const spans = (await receiver.received((all) => all.filter(isNew).length >= 3)).filter(isNew);
  expect(spans.map((span) => span.traceId)).not.toContain(traceId);
});

test('a subscription is opened in the trace of its client; its events follow it', async () => {
  const { importDataset } = await client.upload<{ importDataset: { import: { id: string } } }>(
    `mutation Import($input: ImportDatasetInput!, $file: Upload!) {
      importDataset(input: $input, file: $file) { import { id } } }`,
    { input: { workspaceId, name: 'Levels' } },
    { name: 'levels.csv', bytes: Buffer.from('time,level\n2026-01-01T00:00:00Z,1\n') },
  );
  const traceId = 'aaf7651916cd43dd8448eb211c80319c';
  const sockets = createClient({
    url: `${sandbox.origin.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: async () => ({ authorization: `Bearer ${await client.accessToken()}` }),
  });
  const events = sockets.iterate({
    query: `subscription Progress($id: ID!) {
      importProgressed(importId: $id) { status dataset { workspace { name } } } }`,
    variables: { id: importDataset.import.id },
    extensions: { traceparent: traceparentOf(traceId) },
  });
  for await (const { errors } of events) expect(errors).toBeUndefined();

  const isOpening = (span: ReceivedSpan) =>
    span.traceId === traceId && span.name.startsWith('subscription Progress');
  const isFetchOfEvent = (spans: readonly ReceivedSpan[]) => (span: ReceivedSpan) =>
    nameOf(span) === 'gateway: fetch users' &&
    spans.some(
      ({ name, spanId, links }) =>
        name === 'subscription event' &&
        spanId === span.parentSpanId &&
        links[0]?.traceId === traceId,
    );
  const spans = await receiver.received(
    (all) => all.filter(isOpening).length === 2 && all.some(isFetchOfEvent(all)),
  );
  const trace = spans.filter((span) => span.traceId === traceId);
  expect(trace.filter(isOpening).map((span) => lineOf(span, trace))).toContainEqual([
    CLIENT_SPAN,
    'gateway: subscription Progress',
    'datasets: subscription Progress__datasets__0',
  ]);
});

const measuredAt = async (url: string): Promise<string> => {
  expect((await fetch(`${url}/metrics`)).status).toBe(401);
  const headers = { authorization: `Bearer ${METRICS_TOKEN}` };
  return (await fetch(`${url}/metrics`, { headers })).text();
};

test('every service shows its metrics to callers with the token', async () => {
  // Requests and subscriptions count when they have ended, which may be after their answer.
  for (const url of [sandbox.usersUrl, sandbox.datasetsUrl, sandbox.insightsUrl])
    await expect
      .poll(() => measuredAt(url))
      .toContain('http_server_request_duration_seconds_count{');
  await expect
    .poll(() => measuredAt(sandbox.datasetsUrl))
    .toContain('graphql_operation_name="datasets"');
  for (const series of [
    /^graphql_plan_cache_lookups_total\{result="hit"\} [1-9]/m,
    /^graphql_subgraph_request_duration_seconds_count\{subgraph="datasets",outcome="ok"\} [1-9]/m,
    /^graphql_subscriptions_open\{transport="websocket"\} 0/m,
    /^graphql_subscription_events_total\{transport="websocket"\} [1-9]/m,
    /^graphql_uploads_in_flight 0/m,
    /^graphql_upload_bytes_total 34$/m,
  ])
    await expect.poll(() => measuredAt(sandbox.origin)).toMatch(series);
  expect(await measuredAt(sandbox.origin)).not.toContain('Overview');
});

test('slow operations are logged with their trace and without their variables', async () => {
  const lines = () =>
    readFileSync(join(sandbox.dataDir, 'logs/gateway.log'), 'utf8')
      .split('\n')
      .filter((line) => line.includes('"slow operation"') && line.endsWith('}'));
  const entries = () => lines().map((line) => JSON.parse(line) as unknown);
  await expect.poll(entries).toContainEqual(
    expect.objectContaining({
      traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
      operation: 'Overview',
      type: 'query',
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      milliseconds: expect.any(Number),
      subgraphMilliseconds: { users: expect.any(Number), datasets: expect.any(Number) },
    }),
  );
  expect(lines().join()).not.toContain(workspaceId);
});

test('a subgraph puts no timings for Apollo into its answers', async () => {
  const response = await fetch(`${sandbox.usersUrl}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'apollo-federation-include-trace': 'ftv1' },
    body: JSON.stringify({ query: '{ viewer { id } }' }),
  });
  expect(await response.json()).toEqual({ data: { viewer: null } });
});
