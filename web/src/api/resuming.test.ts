import type { Client, Sink, SubscribePayload } from 'graphql-ws';
import { expect, test } from 'vitest';

import { resuming } from './resuming.ts';

/** A socket that keeps what graphql-ws would send again after a broken connection. */
function createFakeSocket() {
  const sent: SubscribePayload[] = [];
  const sinks: Sink[] = [];
  const socket = {
    subscribe: (payload: SubscribePayload, sink: Sink) => {
      sent.push(payload);
      sinks.push(sink);
      return () => {};
    },
  } as unknown as Client;
  return { socket, sent, sinks };
}

test('subscribes again from the cursor of the last event', () => {
  const { socket, sent, sinks } = createFakeSocket();
  const variables = Object.freeze({ datasetId: 'd', after: 'c1' });
  const events: unknown[] = [];
  resuming(socket).subscribe(
    { query: '', variables },
    { next: (event) => events.push(event.data), error: () => {}, complete: () => {} },
  );
  expect(sent[0]?.variables).toEqual({ datasetId: 'd', after: 'c1' });
  for (const cursor of ['c2', 'c3']) sinks[0]?.next({ data: { appended: { cursor } } });
  sinks[0]?.next({ data: null, errors: [] });
  expect(sent[0]?.variables).toEqual({ datasetId: 'd', after: 'c3' });
  expect(events).toHaveLength(3);
  expect(variables.after).toBe('c1');
});

test('leaves subscriptions without `after` as they are', () => {
  const { socket, sent, sinks } = createFakeSocket();
  const payload = { query: '', variables: { id: 'i' } };
  resuming(socket).subscribe(payload, { next: () => {}, error: () => {}, complete: () => {} });
  sinks[0]?.next({ data: { progressed: { cursor: 'c1' } } });
  expect(sent[0]).toBe(payload);
  expect(payload.variables).toEqual({ id: 'i' });
});
