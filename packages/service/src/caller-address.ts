import { AsyncLocalStorage } from 'node:async_hooks';
import type { IncomingMessage } from 'node:http';

import type { RequestHandler } from 'express';

/**
 * The header in which the gateway sends the network address of the client to a subgraph. Subgraphs trust it from every peer:
 * they listen on the loopback interface or a private network, which only the gateway can reach. The gateway always sets it
 * and never forwards the client's.
 */
export const CALLER_ADDRESS_HEADER = 'x-forwarded-for';

/** The network address of the client whose request the gateway is serving. */
export const callerAddressOf = ({ headers, socket }: IncomingMessage): string => {
  const given = headers[CALLER_ADDRESS_HEADER];
  return (typeof given === 'string' && given) || (socket.remoteAddress ?? '');
};

const addresses = new AsyncLocalStorage<string>();

/** Network address of the client whose request is being served; undefined outside of a request. */
export const currentCallerAddress = (): string | undefined => addresses.getStore();

/** Makes {@link currentCallerAddress} answer while a request is served. */
export const withCallerAddress: RequestHandler = (req, _res, next) => {
  addresses.run(callerAddressOf(req), next);
};
