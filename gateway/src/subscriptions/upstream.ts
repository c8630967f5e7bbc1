import { REQUEST_ID_HEADER } from '@affluent/service';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';

import type { Caller } from '../access/caller.ts';
import type { SubgraphAnswer } from '../graph/subgraph.ts';

interface UpstreamOptions {
  /** Of the subgraph's HTTP endpoint; its WebSocket listens at the same path. */
  readonly url: string;
  readonly caller: Caller;
  readonly requestId: string;
  readonly query: string;
  readonly variables: Record<string, unknown>;
}

/**
 * Subscribes at a subgraph over graphql-transport-ws in the caller's name. When the connection breaks it is taken up
 * again with backoff; the subgraph's subscription starts anew then. Ends when the consumer stops reading.
 */
export function subscribeUpstream({
  url,
  caller,
  requestId,
  query,
  variables,
}: UpstreamOptions): AsyncIterableIterator<SubgraphAnswer> {
  const client = createClient({
    url: url.replace(/^http/, 'ws'),
    webSocketImpl: WebSocket,
    connectionParams: async () => {
      const identity = await caller.refresh();
      return { requestId, ...(identity && { authorization: `Bearer ${identity.token}` }) };
    },
    shouldRetry: () => true,
  });
  const events = client.iterate<Record<string, unknown>>({
    query,
    variables,
    extensions: { [REQUEST_ID_HEADER]: requestId },
  });
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next: () => events.next(),
    async return() {
      // The connection goes with its only subscription. `client.dispose()` would throw while there is none.
      await events.return?.();
      return { done: true, value: undefined };
    },
  };
}
