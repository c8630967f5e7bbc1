import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

import { expect, test } from 'vitest';

import { observeRequests } from './observe-requests.ts';

const TOKEN = 'only-for-our-own-prometheus';

/** What is counted of requests that `listener` answers. */
async function countsOf(listener: RequestListener, paths: readonly string[]) {
  const server = createServer(
    observeRequests({ routes: ['graphql'], metricsToken: TOKEN }, listener),
  );
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  for (const path of paths) await (await fetch(origin + path)).text();
  const headers = { authorization: `Bearer ${TOKEN}` };
  const text = await (await fetch(`${origin}/metrics?name=x`, { headers })).text();
  await new Promise((resolve) => {
    server.close(resolve);
  });
  return text
    .split('\n')
    .filter((line) => line.startsWith('http_server_request_duration_seconds_count'));
}

test('requests are counted by few routes, and streams of events are not', async () => {
  const counts = await countsOf(
    (req, res) => {
      const type = req.url === '/graphql?stream' ? 'text/event-stream' : 'text/plain';
      res.setHeader('x-request-id', '1').writeHead(200, { 'content-type': type }).end();
    },
    ['/graphql', '/graphql/x', '/graphql?a', '/graphql?stream', '/graphqls', '/', '/x/graphql'],
  );
  const labels = (route: string) =>
    `{http_request_method="GET",http_response_status_code="200",http_route="${route}"}`;
  expect(counts).toEqual([
    `http_server_request_duration_seconds_count${labels('/graphql')} 3`,
    `http_server_request_duration_seconds_count${labels('other')} 3`,
  ]);
});
