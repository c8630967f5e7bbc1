import { createServer } from 'node:net';

import { expect, test } from 'vitest';

import { createUpstreamSockets } from './upstream-sockets.ts';
import { subscribeUpstream } from './upstream.ts';

test('a subscriber may leave while the subgraph is gone', async () => {
  const refusals = createServer((socket) => socket.destroy());
  const refused = new Promise((resolve) => {
    refusals.once('connection', resolve);
  });
  await new Promise<void>((resolve) => {
    refusals.listen(0, '127.0.0.1', resolve);
  });
  const address = refusals.address();
  const nobody = async () => undefined;
  const { events, stop } = subscribeUpstream({
    sockets: createUpstreamSockets(),
    serviceName: 'clock',
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/graphql`,
    caller: () => ({ identity: undefined, refresh: nobody, forget: async () => {} }),
    requestId: 'test',
    query: 'subscription { ticks }',
    variables: {},
    resume: undefined,
    patienceMilliseconds: 60_000,
  });
  const next = events.next();
  await refused;
  stop();
  expect(await next).toEqual({ done: true, value: undefined });
  refusals.close();
});
