import { once } from 'node:events';
import type { ServerResponse } from 'node:http';

import type { ExecutionResult, FormattedExecutionResult } from 'graphql';

import { type FormatError, formatErrors } from '../../operations/format-errors.ts';
import type { StreamFormat } from './stream-formats.ts';

export type Result = ExecutionResult | FormattedExecutionResult;

const HEARTBEAT_MILLISECONDS = 12_000;
/** The connection of a client that reads nothing for this long is closed. */
const MAX_STALL_MILLISECONDS = 30_000;

/** Sends events as fast as the client reads them, and heartbeats in between. */
export async function writeStream(
  res: ServerResponse,
  stream: StreamFormat,
  events: AsyncIterableIterator<Result>,
  formatError: FormatError,
): Promise<void> {
  const gone = new AbortController();
  const leave = (): void => {
    gone.abort();
    void events.return?.();
  };
  if (res.closed) return leave();
  res.once('close', leave);
  res.writeHead(200, stream.headers).write(stream.begin);
  const heartbeat = setInterval(() => {
    if (!res.writableNeedDrain) res.write(stream.heartbeat);
  }, HEARTBEAT_MILLISECONDS);
  try {
    for await (const { errors, ...result } of events) {
      if (gone.signal.aborted) return;
      const isRead = res.write(
        stream.event(errors ? { ...result, errors: formatErrors(errors, formatError) } : result),
      );
      if (!isRead) await drained(res, gone.signal);
    }
    res.end(stream.end);
  } finally {
    clearInterval(heartbeat);
  }
}

async function drained(res: ServerResponse, signal: AbortSignal): Promise<void> {
  const stalled = setTimeout(() => res.destroy(), MAX_STALL_MILLISECONDS);
  await once(res, 'drain', { signal }).catch(() => {});
  clearTimeout(stalled);
}
