import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { expect, test } from 'vitest';

import { createClientAddress, readTrustedProxies } from './client-address.ts';

/** What a server on the loopback interface takes as the address of a client that sends this header. */
async function seenBehind(proxies: string, forwardedFor: string): Promise<unknown> {
  const addressOf = createClientAddress(readTrustedProxies(proxies));
  await using server = createServer((request, response) => response.end(addressOf(request)));
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const response = await fetch(`http://127.0.0.1:${port}`, {
    headers: { 'x-forwarded-for': forwardedFor },
  });
  return await response.text();
}

test.each([
  ['no proxy is trusted', '', '203.0.113.9', '127.0.0.1'],
  ['the peer is not among the trusted', '10.0.0.0/8', '203.0.113.9', '127.0.0.1'],
  ['the peer is trusted', 'loopback', '203.0.113.9', '203.0.113.9'],
  [
    'a client wrote an address before the proxy did',
    'loopback',
    '1.1.1.1, 203.0.113.9',
    '203.0.113.9',
  ],
  ['two proxies are trusted', '127.0.0.1, 10.0.0.0/8', '203.0.113.9, 10.1.2.3', '203.0.113.9'],
  ['the first of two proxies is not', 'loopback', '203.0.113.9, 10.1.2.3', '10.1.2.3'],
  ['the address is of IPv6', 'loopback', '2001:db8::9', '2001:db8::9'],
  ['an IPv4 address is written as IPv6', 'loopback', '::ffff:203.0.113.9', '203.0.113.9'],
  ['what the proxy wrote is no address', 'loopback', 'unknown', '127.0.0.1'],
  ['all are proxies', 'loopback', '127.0.0.2', '127.0.0.2'],
])('when %s, the client is found', async (_, proxies, forwardedFor, seen) => {
  expect(await seenBehind(proxies, forwardedFor)).toBe(seen);
});

test.each(['proxy.example', '10.0.0.0/33', 'all'])('%s is no proxy to trust', (text) => {
  expect(() => readTrustedProxies(text)).toThrow(TypeError);
});
