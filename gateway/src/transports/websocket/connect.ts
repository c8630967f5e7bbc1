import type { IncomingMessage } from 'node:http';

import { InvalidTokenError, type Logger } from '@affluent/service';
import type { GraphQLError } from 'graphql';
import { CloseCode } from 'graphql-ws';
import type { WebSocket } from 'ws';

import type { Caller, IdentifyCaller } from '../../access/caller.ts';
import { identificationFailure } from '../../access/identification-failure.ts';
import { whenTokenEnds } from '../../subscriptions/end-with-token.ts';
import { authorizationOf, closeReason } from './connection-params.ts';

interface Connection {
  readonly request: IncomingMessage;
  readonly socket: WebSocket;
  readonly connectionParams: Readonly<Record<string, unknown>> | undefined;
}

interface ConnectOptions {
  readonly identify: IdentifyCaller;
  readonly log: Logger;
}

/** Time for the subscriptions of an ended token to send their last event before the socket closes. */
const FAREWELL_MILLISECONDS = 500;
/** From the IANA registry of WebSocket close codes. */
const TRY_AGAIN_LATER = 1013;

/**
 * Identifies the caller of a new connection. The socket closes when the caller's token ends and cannot be renewed.
 *
 * @returns undefined when the connection is refused; its socket is closed with the reason.
 */
export async function connect(
  { request, socket, connectionParams }: Connection,
  { identify, log }: ConnectOptions,
): Promise<Caller | undefined> {
  const close = (failure: GraphQLError): void => {
    const isOurs = failure.extensions.code === 'UNAVAILABLE';
    socket.close(isOurs ? TRY_AGAIN_LATER : CloseCode.Forbidden, closeReason(failure.message));
  };
  try {
    const caller = await identify(request, { authorization: authorizationOf(connectionParams) });
    const { identity } = caller;
    if (!identity) throw new InvalidTokenError('Sign in to connect.');
    const stop = whenTokenEnds({ caller, identity }, (reason) => {
      setTimeout(() => close(reason), FAREWELL_MILLISECONDS);
    });
    socket.once('close', stop);
    return caller;
  } catch (error) {
    log.info({ err: error }, 'WebSocket refused');
    const failure = identificationFailure(error);
    if (!failure) throw error;
    close(failure);
    return undefined;
  }
}
