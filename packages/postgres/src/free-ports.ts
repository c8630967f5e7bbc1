import { randomInt } from 'node:crypto';

import getPort from 'get-port';

/**
 * Different ports that no process listens on. They lie below the range that Linux gives to outgoing connections (32768 and
 * up): such a connection, even one to a service that is restarting, would keep the service from listening again. They are
 * random, because several test processes look for ports at the same time.
 */
export async function freePorts(count: number): Promise<readonly number[]> {
  const ports: number[] = [];
  // One at a time: get-port reserves what it returned for 15 seconds, so no two are the same.
  for (let n = 0; n < count; n++) ports.push(await getPort({ port: candidates() }));
  return ports;
}

export async function freePort(): Promise<number> {
  const [port = 0] = await freePorts(1);
  return port;
}

const candidates = (): readonly number[] =>
  Array.from({ length: 100 }, () => randomInt(10_000, 32_768));
