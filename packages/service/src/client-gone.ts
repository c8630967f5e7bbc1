import type { ServerResponse } from 'node:http';

/** `extensions.code` of cancelled work. No client is left to read it. */
export const CLIENT_GONE = 'CLIENT_GONE';

/** The reason of a cancellation: the client has disconnected. */
export class ClientGoneError extends Error {
  override readonly name = 'ClientGoneError';
  readonly code = CLIENT_GONE;

  constructor() {
    super('The client has gone away.');
  }
}

/** Aborts with a {@link ClientGoneError} when the connection closes before the response was sent. */
export function whenClientLeaves(res: ServerResponse): AbortSignal {
  const work = new AbortController();
  const close = (): void => {
    if (!res.writableFinished) work.abort(new ClientGoneError());
  };
  if (res.closed) close();
  else res.once('close', close);
  return work.signal;
}
