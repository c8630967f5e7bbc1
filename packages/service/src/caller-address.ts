import { AsyncLocalStorage } from 'node:async_hooks';
import type { IncomingMessage } from 'node:http';

import type { RequestHandler } from 'express';

/**
 * The header in which the gateway tells a subgraph the network address of the client. Subgraphs believe it from every peer:
 * they listen on the loopback interface or a private network, where only the gateway reaches them. The gateway always sets it
 * itself and never passes on what a client sent.
 */
export const CALLER_ADDRESS_HEADER = 'x-forwarded-for';

/** Network address of the client that a request of the gateway is for. */
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
