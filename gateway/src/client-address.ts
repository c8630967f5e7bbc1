import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';

import proxyAddr from 'proxy-addr';

/** Network address of the client that sent a request; undefined when its connection is closed. */
export type ClientAddress = (request: IncomingMessage) => string | undefined;

/** Whether `X-Forwarded-For` of a proxy at this address is trusted. */
export type IsTrusted = (address: string, hop: number) => boolean;

/**
 * Reads `TRUSTED_PROXIES`: addresses, ranges such as `10.0.0.0/8`, and the names `loopback`, `linklocal`, `uniquelocal`,
 * separated by commas.
 * @throws {TypeError} for anything else.
 */
export const readTrustedProxies = (text: string): IsTrusted =>
  proxyAddr.compile(
    text
      .split(',')
      .map((entry) => entry.trim())
      .filter((entry) => entry !== ''),
  );

/**
 * The one place that decides what a request's network address is: the peer's, or, behind trusted proxies, the
 * last entry of `X-Forwarded-For` that is not a trusted proxy itself. The header of an untrusted peer is ignored.
 */
export const createClientAddress =
  (isTrusted: IsTrusted): ClientAddress =>
  (request) => {
    const peer = request.socket.remoteAddress;
    if (peer === undefined) return undefined;
    const found = proxyAddr(request, isTrusted);
    return asIPv4(isIP(found) ? found : peer);
  };

/** A socket that listens on `::` shows IPv4 peers as `::ffff:192.0.2.1`. */
const asIPv4 = (address: string): string => address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '');
